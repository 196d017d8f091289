"""Files go in whole, come out the same, and a store that is away says so in one known way."""

import io
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.core.errors import NotFound, Unavailable
from classroom.core.storage import FileGone, Storage, StorageDown


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "deep" / "files"))


def test_what_goes_in_comes_out(storage):
    key = storage.put(b"soil\x00\xff")
    assert storage.get(key) == b"soil\x00\xff"
    assert storage.exists(key)


@pytest.mark.parametrize("size", [0, 1, 300_000, 6_000_000])
def test_a_file_object_goes_in_and_comes_out_in_pieces(storage, size):
    data = bytes(n % 251 for n in range(1000)) * (size // 1000 + 1)
    key = storage.put(io.BytesIO(data[:size]))
    pieces = list(storage.stream(key))
    assert b"".join(pieces) == data[:size]
    assert size < 6_000_000 or len(pieces) > 1


def test_keys_are_random_and_spread_over_folders(storage):
    keys = {storage.put(b"the same") for _ in range(50)}
    assert len(keys) == 50
    assert len({key.split("/")[0] for key in keys}) > 10
    assert set(storage.keys()) == keys


def test_deleting_is_final_and_may_be_repeated(storage):
    key = storage.put(b"x")
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)
    for read in (storage.get, storage.stream):
        with pytest.raises(FileGone) as refused:
            read(key)
        assert isinstance(refused.value, NotFound)


@pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "ab/cd/../../x", "", "AB/CD/" + "e" * 32])
def test_a_key_that_is_none_of_ours_reaches_nothing(storage, tmp_path, key):
    (tmp_path / "deep" / "secret").write_text("key")
    for read in (storage.get, storage.stream):
        with pytest.raises(FileGone):
            read(key)
    with pytest.raises(FileGone):
        storage.put_back(key, b"x")
    assert not storage.exists(key)
    storage.delete(key)
    assert (tmp_path / "deep" / "secret").exists()


def test_the_sweep_leaves_fresh_uploads_and_foreign_files_alone(storage, tmp_path):
    key = storage.put(b"x")
    (tmp_path / "deep" / "files" / "notes.txt").write_text("not ours")
    (tmp_path / "deep" / "files" / f"{key}#1").write_text("an upload that was cut off")
    assert list(storage.keys()) == [key]
    assert list(storage.keys(older_than=datetime.now(UTC) - timedelta(hours=1))) == []
    assert list(storage.keys(older_than=datetime.now(UTC) + timedelta(hours=1))) == [key]


def test_a_restore_brings_a_file_back_under_its_key(storage, tmp_path):
    key = storage.put(b"x")
    other = Storage.open(str(tmp_path / "other"))
    other.put_back(key, storage.get(key))
    assert other.get(key) == b"x"


def test_an_upload_that_breaks_leaves_nothing(storage):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the network went away")

    with pytest.raises(StorageDown):
        storage.put(Broken(b"x" * 100))
    assert list(storage.keys()) == []


def test_a_folder_that_cannot_be_made_is_a_store_that_is_down(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageDown) as refused:
        Storage.open(str(tmp_path / "file" / "inside"))
    assert isinstance(refused.value, Unavailable)


def test_a_bucket_out_of_reach_is_a_store_that_is_down(monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "gardener",
        "AWS_SECRET_ACCESS_KEY": "not a real one",
        "AWS_REGION": "eu-central-1",
    }.items():
        monkeypatch.setenv(name, value)
    storage = Storage.open("s3://classroom/files")
    with pytest.raises(StorageDown):
        storage.put(b"x")
    with pytest.raises(StorageDown):
        storage.get("ab/cd/" + "e" * 32)
    with pytest.raises(StorageDown):
        list(storage.keys())


def test_an_address_of_no_known_kind_is_refused_when_opened():
    with pytest.raises(StorageDown):
        Storage.open("gopher://example.org/files")


def test_many_threads_may_share_one_store(storage):
    def round_trip(n: int) -> bool:
        data = str(n).encode() * 1000
        return storage.get(storage.put(data)) == data

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(round_trip, range(64)))
