//! The commands of `docs/operations.md`, walked as they stand there, with a real server between them.

use std::{
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Output},
};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../../../docs/operations.md");
/// What an administrator calls `systemctl start firebee`: here the server runs until it is told to stop, and the command
/// ends when it answers.
const SYSTEMCTL: &str = r#"#!/bin/sh
case $1 in
stop)
    pid=$(cat "$HERE/pid")
    kill "$pid"
    # Until the process is gone, or waits for a parent that does not look.
    while [ -d "/proc/$pid" ] && ! grep -q ') Z ' "/proc/$pid/stat"; do :; done
    ;;
start)
    rm -f "$HERE/said"
    mkfifo "$HERE/said"
    firebee serve --data "$DATA" --listen 127.0.0.1:0 --metrics off >"$HERE/said" 2>>"$HERE/log" &
    echo $! >"$HERE/pid"
    read -r line <"$HERE/said"
    test -n "$line"
    ;;
esac
"#;

/// A machine with the folders of the guide in a folder of its own.
struct Machine {
    root: TempDir,
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.sh("test ! -e pid || kill $(cat pid) 2>/dev/null || true");
    }
}

impl Machine {
    fn new() -> Self {
        let machine = Self { root: TempDir::new().unwrap() };
        let bin = machine.root.path().join("bin");
        std::fs::create_dir(&bin).unwrap();
        symlink(env!("CARGO_BIN_EXE_firebee-commands"), bin.join("firebee")).unwrap();
        std::fs::write(bin.join("systemctl"), SYSTEMCTL).unwrap();
        std::fs::set_permissions(bin.join("systemctl"), std::fs::Permissions::from_mode(0o755)).unwrap();
        for folder in ["var/lib", "var/backups/firebee", "srv", "usr/local/bin", "target/ship"] {
            std::fs::create_dir_all(machine.root.path().join(folder)).unwrap();
        }
        machine
    }

    fn path(&self, of_guide: &str) -> std::path::PathBuf {
        self.root.path().join(of_guide.trim_start_matches('/'))
    }

    /// Runs lines of a shell, with the folders of the guide under this machine's.
    fn sh(&self, lines: &str) -> Output {
        let root = self.root.path().display().to_string();
        let under = |lines: String, folder: &str| lines.replace(&format!(" /{folder}/"), &format!(" {root}/{folder}/"));
        let lines = ["var", "srv", "usr"].into_iter().fold(lines.to_owned(), under);
        let path = format!("{root}/bin:{}", std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &lines]).current_dir(&root).env("PATH", path).env("HERE", &root);
        shell.env("DATA", self.path("/var/lib/firebee")).env_remove("FIREBEE_POSTGRES").output().unwrap()
    }

    #[track_caller]
    fn does(&self, lines: &str) -> String {
        let output = self.sh(lines);
        let said = String::from_utf8_lossy(&output.stderr);
        let log = std::fs::read_to_string(self.path("log")).unwrap_or_default();
        assert!(output.status.success(), "{lines}\n{said}\n{log}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The server does not start, and says this.
    #[track_caller]
    fn refuses_to_start(&self, words: &[&str]) {
        assert!(!self.sh("systemctl start firebee").status.success(), "it must not start");
        let log = std::fs::read_to_string(self.path("log")).unwrap();
        let said = log.lines().rev().take(3).collect::<Vec<_>>().join("\n");
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
}

/// The commands of a section of the guide, block by block.
fn blocks(section: &str) -> Vec<&'static str> {
    let text = GUIDE.split("\n## ").find(|text| text.starts_with(section)).unwrap();
    text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
}

#[test]
fn the_guide_is_walked_from_a_backup_to_a_lost_key() {
    let machine = Machine::new();
    let firm = GUIDE.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    std::fs::write(machine.path("firm.json"), firm).unwrap();
    machine.does("firebee admin --data /var/lib/firebee create-firm --from firm.json\nsystemctl start firebee");

    let backups = blocks("Backups");
    assert_eq!(backups.len(), 2);
    backups.iter().for_each(|block| drop(machine.does(block)));
    for program in ["firebee", "firebee-report"] {
        std::fs::write(machine.path("target/ship").join(program), "the next one").unwrap();
    }
    let upgrade = blocks("Upgrading");
    assert_eq!(upgrade.len(), 1);
    machine.does(upgrade[0]);
    assert_eq!(std::fs::read(machine.path("usr/local/bin/firebee-report")).unwrap(), b"the next one");

    let restores = blocks("Restoring");
    assert_eq!(restores.len(), 3);
    machine.does(restores[0]);
    machine.does(restores[1]);

    // An older database is put back by hand.
    let database = machine.path("/var/lib/firebee/firebee.db");
    let exports = blocks("What the server keeps of a record");
    assert_eq!(exports.len(), 1);
    machine.does(exports[0]);
    machine.does("systemctl stop firebee");
    let unknown =
        machine.sh("firebee export facts --data /var/lib/firebee --store 00000000-0000-4000-8000-000000000001");
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && said.contains("firebee admin list-devices"), "{said}");
    copy(&database, &machine.path("old.db"));
    machine.does("systemctl start firebee\nsystemctl stop firebee");
    copy(&machine.path("old.db"), &database);
    machine.refuses_to_start(&["firebee restore --from", "firebee restore --in-place", "较旧"]);
    machine.does(&restores[2].replace("systemctl stop firebee\n", ""));

    let keys = blocks("When a key is lost");
    assert_eq!(keys.len(), 2);
    machine.does("systemctl stop firebee");
    std::fs::remove_dir_all(machine.path("/var/lib/firebee/keys")).unwrap();
    machine.refuses_to_start(&["firebee admin put-key", "firebee admin new-key", "密钥"]);
    machine.does(&keys[0].replace("systemctl stop firebee\n", ""));
    machine.does(keys[1]);

    let moving = blocks("Moving to another machine");
    assert_eq!(moving.len(), 2);
    machine.does(moving[0]);
    let said = machine.does(moving[1]);
    assert!(said.contains("of 1 firm\n") && said.contains("of which 0 broken"), "{said}");
}

/// `verify` reads a backup that nobody may write to, as somebody who may not.
#[test]
fn a_backup_on_a_disk_that_cannot_be_written_is_verified_and_left_as_it_is() {
    let machine = Machine::new();
    let firm = GUIDE.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    std::fs::write(machine.path("firm.json"), firm).unwrap();
    machine.does("firebee admin --data /var/lib/firebee create-firm --from firm.json");
    machine.does(blocks("Backups")[0].lines().next().unwrap());
    let listing = || machine.does("ls -R /var/backups/firebee/monday");
    let before = listing();
    let as_root = machine.does("id -u").trim() == "0";
    let nobody = if as_root { "setpriv --reuid=65534 --regid=65534 --clear-groups " } else { "" };
    machine.does("chmod -R u-w,go=u /var/backups/firebee/monday\nchmod go+x .");
    let said = machine.does(&format!("{nobody}firebee verify --data /var/backups/firebee/monday"));
    assert!(said.contains("of which 0 broken"), "{said}");
    assert_eq!(listing(), before);
    machine.does("chmod -R u+w /var/backups/firebee/monday");
}
