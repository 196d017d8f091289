"""The words that head a roster's columns and name its roles, in the languages and systems we know."""

from classroom.access import Role
from classroom.courses.roster.cells import header_key


def _keys(words: str) -> tuple[str, ...]:
    """Words stand between bars or line ends."""
    return tuple(header_key(word) for word in words.replace("\n", "|").split("|") if word.strip())


# The surest heading first: where two columns would do, the earlier word wins.
WORDS: dict[str, tuple[str, ...]] = {
    "email": _keys("""
        Email | E-mail address | Email 1 | Mail | Mail address | University email | Student email
        School email | Primary email | Institutional email | E-Mail-Adresse | Mailadresse
        Adresse de courriel | Courriel | Adresse e-mail | Adresse électronique | Adresse mail | Mél
        Correo electrónico | Correo | Dirección de correo | Dirección de correo electrónico
        Dirección Email | Indirizzo email | Posta elettronica | Endereço de e-mail | Endereço de email
        Correio eletrónico | Correio eletrônico | E-mailadres | E-postadress | E-post | Adres e-mail
        Sähköposti | E-posta | Эл. почта | Электронная почта | Почта
        电子邮件 | 电子邮箱 | 邮箱 | 電子郵件 | メールアドレス
        メール | 이메일 | البريد الإلكتروني | דואר אלקטרוני | דוא"ל
    """),
    "first": _keys("""
        First name | Given name | Given names | Forename | Forenames | Preferred first name
        Legal first name | First | Vorname | Vornamen | Rufname | Prénom | Prénoms | Nombre de pila
        Nombre(s) | Nombres | Primer nombre | Nome próprio | Voornaam | Förnamn | Fornavn | Etunimi
        Imię | Имя | Ad | Adı | 名 | 이름 | الاسم الأول | שם פרטי
    """),
    "last": _keys("""
        Last name | Surname | Family name | Last | Nachname | Familienname | Zuname | Nom de famille
        Apellidos | Apellido(s) | Apellido | Primer apellido | Cognome | Sobrenome | Apelido
        Achternaam | Efternamn | Etternavn | Efternavn | Sukunimi | Nazwisko | Фамилия | Soyad | Soyadı
        姓 | 성 | اسم العائلة | שם משפחה
    """),
    "name": _keys("""
        Student | Full name | Student name | Display name | Name | Names | Learner | Participant
        First and last name | First name Last name | Vollständiger Name | Vor- und Nachname
        Name, Vorname | Nachname, Vorname | Last name, first name | Last, First | Teilnehmer
        Teilnehmer/in | Studierende | Nom complet | Nom et prénom | Nom, prénom | Étudiant | Nom
        Nombre completo | Apellidos y nombre | Apellidos, nombre | Alumno | Estudiante | Nombre
        Nome completo | Nome e cognome | Nome | Volledige naam | Naam | Namn | Navn | Nimi
        Imię i nazwisko | ФИО | Ad Soyad | 姓名 | 氏名 | 名前 | 성명 | الاسم | שם מלא | שם
    """),
    "external_id": _keys("""
        SIS User ID | Student number | Student ID | Student ID number | Student No | Student Nr
        Student # | OrgDefinedId | Matriculation number | Matriculation | Matric number | Matric no
        Matrikelnummer | Matrikel-Nr. | Matrikelnr | Matr.-Nr. | MatNr | Matr. Nummer | Matrikel
        Registration number | Enrolment number | Enrollment number | University ID | Campus ID | SID
        ID number | ID-Nummer | Numéro d'identification | Numéro étudiant | N° étudiant
        Numéro d'étudiant | Matricule | INE | Número de ID | Número de identificación | Matrícula
        Número de matrícula | Expediente | Legajo | Matricola | Numero di matricola | RA | Studentnummer
        Studienummer | Opiskelijanumero | Numer albumu | Nr albumu | Номер зачетки | 学号 | 學號 | 学籍番号
        학번 | External ID | Person ID | User ID | Number | Nummer | ID
    """),
    "login": _keys("""
        SIS Login ID | Login ID | Login | Username | User name | Benutzername | Anmeldename | Kennung
        Nutzername | Nom d'utilisateur | Identifiant | Nombre de usuario | Usuario | Nome utente
        Nome de utilizador | Usuário | Gebruikersnaam | Användarnamn | NetID | Net ID | UniqueID
    """),
    "section": _keys("""
        Section | Sections | Group | Groups | Section name | Group name | Child Course ID | Class
        Tutorial | Tutorial group | Lab | Lab section | Seminar group | Gruppe | Gruppen | Klasse
        Sektion | Tutorium | Übungsgruppe | Übung | Seminargruppe | Groupe | Groupes | Groupe TD
        Classe | TD | Sección | Grupo | Grupos | Comisión | Clase | Sezione | Gruppo | Gruppi | Turma
        Groep | Grupp | Grupa | Группа | 班级 | 班級 | クラス | 분반 | קבוצה
    """),
    "role": _keys("""
        Role | Roles | Course role | Role in course | User role | Rolle | Rollen | Rôle | Rôles | Rol
        Roles en el curso | Ruolo | Papel | Função | Roll | Rola | Роль | 角色 | 역할
    """),
}

# One word, two meanings: beside a column for the other half it is a half itself.
HALF_OR_WHOLE = frozenset(_keys("Name | Nom | Nombre | Nome | Naam | Namn | Navn | Nimi | 名前"))

KNOWN = frozenset(word for words in WORDS.values() for word in words)

ROLES: dict[str, Role] = {
    **dict.fromkeys(
        _keys("""
            student | students | learner | participant | StudentEnrollment | Studentin | Studierende
            Studierender | Studierende/r | Student/in | Teilnehmer | Teilnehmer/in | étudiant
            étudiante | étudiant·e | apprenant | élève | estudiante | alumno | alumna | studente
            studentessa | aluno | aluna | estudante | студент | 学生 | 學生 | 학생 | طالب | סטודנט
        """),
        Role.STUDENT,
    ),
    **dict.fromkeys(
        _keys("""
            assistant | teaching assistant | TA | TaEnrollment | tutor | grader | tutorin
            non-editing teacher | course assistant | Hilfskraft | Trainer/in ohne Bearbeitungsrecht
            Assistent | Assistentin | assistante | chargé de TD | ayudante | asistente
            profesor ayudante | assistente | monitor | ассистент | 助教 | 조교
        """),
        Role.ASSISTANT,
    ),
    **dict.fromkeys(
        _keys("""
            instructor | teacher | TeacherEnrollment | lecturer | professor | faculty | Dozent
            Dozentin | editing teacher | Lehrer | Lehrerin | Lehrende | Lehrende/r | Trainer/in
            enseignant | enseignante | professeur | professeure | profesor | profesora | docente
            преподаватель | 教师 | 教師 | 교수
        """),
        Role.INSTRUCTOR,
    ),
    **dict.fromkeys(
        _keys("""
            observer | ObserverEnrollment | auditor | guest | Beobachter | Beobachterin | Gast
            observateur | observatrice | observador | observadora | osservatore | наблюдатель
        """),
        Role.OBSERVER,
    ),
}
