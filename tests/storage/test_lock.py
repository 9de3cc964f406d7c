"""One run at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.storage.lock import RunLock, network_type

HOLDER = """
import sys
from pathlib import Path
from disf_desktop.storage.lock import RunLock
with RunLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def _hold(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(timeout=20)
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.stdout.close()


def test_a_second_process_is_told_that_another_run_holds_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "profile" / "run.lock"
    process = _hold(path)
    try:
        with pytest.raises(LedgerIsBusy, match="Another run") as told:
            RunLock(path).take()
        assert told.value.exit_code == 5
    finally:
        _end(process)


def test_a_killed_run_lets_go_of_the_lock_and_its_file_hinders_nobody(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    _end(_hold(path))
    assert path.exists()
    with RunLock(path), pytest.raises(LedgerIsBusy):
        RunLock(path).take()
    with RunLock(path):
        pass


def test_a_lock_whose_file_was_removed_or_replaced_no_longer_holds(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with RunLock(path) as lock:
        lock.check()
        path.rename(tmp_path / "moved")
        with pytest.raises(LedgerIsBusy, match="removed"):
            lock.check()
        with RunLock(path), pytest.raises(LedgerIsBusy, match="removed"):
            lock.check()


MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/claire/local ext4 rw 0 0
//server/share /mnt/the\040share cifs rw 0 0
claire@host: /home/claire/local/far fuse.sshfs rw 0 0
C: /mnt/c 9p rw,aname=drvfs;path=C:\134,trans=fd 0 0
root / 9p rw,trans=fd 0 0
tmpfs /home/claire/local/far/tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", ""),
        ("/home/claire", "nfs4"),
        ("/home", "nfs4"),
        ("/homes/claire", ""),
        ("/home/claire/local/profile", ""),
        ("/mnt/the share/profile", "cifs"),
        ("/home/claire/local/far/profile", "fuse.sshfs"),
        ("/home/claire/local/far/tmp", ""),
        ("/mnt/c/Users", "9p"),
    ],
)
def test_a_network_disk_is_recognised_by_the_mount_that_holds_the_folder(folder: str, kind: str) -> None:
    assert network_type(folder, MOUNTS) == kind
