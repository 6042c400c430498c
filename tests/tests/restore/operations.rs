//! `docs/operations.md` as somebody reads it who sets a server up: its files are tried, its commands are known, and what it
//! names is there.

use firebee_server::{
    clock::Clock,
    config::{self, Config},
    serve,
};
use firebee_tests::{port, postgres};
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const GUIDE: &str = include_str!("../../../docs/operations.md");

/// What stands in a block: its language, the section that it stands in, and its lines.
struct Block {
    language: &'static str,
    section: &'static str,
    text: &'static str,
}

fn blocks() -> Vec<Block> {
    let sections = GUIDE.split("\n## ");
    let of_section = |part: &'static str| {
        let section = part.lines().next().unwrap();
        part.split("\n```").skip(1).step_by(2).map(move |block| {
            let (language, text) = block.split_once('\n').unwrap();
            Block { language, section, text }
        })
    };
    sections.flat_map(of_section).collect()
}

fn only(language: &str, holds: &str) -> &'static str {
    let found: Vec<_> =
        blocks().into_iter().filter(|block| block.language == language && block.text.contains(holds)).collect();
    assert_eq!(found.len(), 1, "{language} {holds}");
    found[0].text
}

/// Which test runs the blocks of each language of each section.
const RUN: [(&str, &str, usize, &str); 17] = [
    ("As a service", "ini", 1, "the_unit_is_sound_and_gives_the_server_few_rights"),
    ("Settings", "sh", 2, "the_code_on_a_cover_is_worked_out_as_the_guide_says, cli/tests/verify.rs"),
    ("PostgreSQL", "toml", 1, "the_settings_for_postgresql_are_read"),
    ("PostgreSQL", "ini", 1, "two_servers_share_a_database_behind_the_pooler_of_the_guide"),
    ("Upgrading", "sh", 1, "guide.rs"),
    ("Behind a proxy", "nginx", 1, "door/proxy.rs"),
    ("Behind a proxy", "caddy", 1, "door/proxy.rs"),
    ("Founding a firm", "json", 1, "guide.rs"),
    ("Founding a firm", "", 1, "the_program_knows_every_command_of_the_guide"),
    ("The fire service", "json", 1, "the_files_of_the_guide_are_json"),
    ("The fire service", "", 1, "the_program_knows_every_command_of_the_guide"),
    ("The calendar of working days", "", 1, "the_program_knows_every_command_of_the_guide"),
    ("The calendar of working days", "json5", 1, "nobody: it is a part of a file"),
    ("What the server keeps of a record", "sh", 1, "guide.rs"),
    ("What the server keeps of a record", "", 1, "the_program_knows_every_command_of_the_guide"),
    ("Checking what is stored", "", 1, "the_program_knows_every_command_of_the_guide"),
    ("Remedies", "", 1, "the_program_knows_every_command_of_the_guide"),
];

/// Sections whose commands `guide.rs` walks, block by block.
const WALKED: [(&str, usize); 4] =
    [("Backups", 2), ("Restoring", 3), ("Moving to another machine", 2), ("When a key is lost", 2)];

/// A block that nobody runs, and that does not say so, is a promise that nobody keeps.
#[test]
fn every_block_of_the_guide_is_run_by_a_test_or_says_that_it_is_an_example() {
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for block in blocks() {
        *found.entry((block.section, block.language)).or_default() += 1;
    }
    let first = GUIDE.lines().next().unwrap();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::from([((first, ""), 1)]);
    known.extend(RUN.iter().map(|(section, language, count, _)| ((*section, *language), *count)));
    known.extend(WALKED.map(|(section, count)| ((section, "sh"), count)));
    assert_eq!(found, known);
    let all: usize = found.values().sum();
    let examples = found.iter().filter(|((_, language), _)| language.is_empty() || *language == "json5");
    println!("{all} blocks, of which {} are only examples", examples.map(|(_, count)| count).sum::<usize>());
}

/// The commands with names of an example: the program takes every word and flag of them.
#[test]
fn the_program_knows_every_command_of_the_guide() {
    let mut asked = 0;
    for block in blocks().iter().filter(|block| block.language.is_empty()) {
        for line in block.text.lines() {
            let line = line.split(['#', '>']).next().unwrap().replace("<id", "0b0e9ae2-0000-4000-8000-000000000001");
            let line = line.replace("0b0e9ae2-…", "0b0e9ae2-0000-4000-8000-000000000001");
            let line = line.trim().replacen("firebee", env!("CARGO_BIN_EXE_firebee-commands"), 1);
            let told = Command::new("sh").args(["-c", &format!("{line} --help")]).output().unwrap();
            assert!(told.status.success(), "{line}: {}", String::from_utf8_lossy(&told.stderr));
            asked += 1;
        }
    }
    assert!(asked > 15, "{asked}");
}

#[test]
fn the_files_of_the_guide_are_json() {
    for block in blocks().iter().filter(|block| block.language == "json") {
        serde_json::from_str::<serde_json::Value>(block.text)
            .unwrap_or_else(|error| panic!("{}: {error}", block.section));
    }
}

#[test]
fn the_settings_for_postgresql_are_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("firebee.toml");
    // Debian's own list of authorities stands for the database's.
    let text = only("toml", "postgres").replace("/etc/ssl/db-ca.pem", "/etc/ssl/certs/ca-certificates.crt");
    fs::write(&file, text).unwrap();
    let read = config::read(Some(&file), std::iter::empty(), []).unwrap();
    assert!(read.postgres.is_some());
}

/// What systemd itself says of the unit: nothing is wrong, and little is left to whoever breaks into the server.
#[test]
fn the_unit_is_sound_and_gives_the_server_few_rights() {
    let folder = TempDir::new().unwrap();
    let unit = folder.path().join("firebee.service");
    // The program is not installed where tests run.
    let text = only("ini", "[Service]").replace("/usr/local/bin/firebee", "/bin/true");
    fs::write(&unit, &text).unwrap();
    let verified = Command::new("systemd-analyze").arg("verify").arg(&unit).output().unwrap();
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success() && !said.contains("firebee.service:"), "{said}");
    let of_2_5 = ["security", "--offline=true", "--no-pager", "--threshold=25"];
    let exposed = |text: &str| {
        fs::write(&unit, text).unwrap();
        Command::new("systemd-analyze").args(of_2_5).arg(&unit).output().unwrap()
    };
    let judged = exposed(&text);
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stdout));
    let open: String =
        text.lines().filter(|line| !line.starts_with("Protect")).map(|line| format!("{line}\n")).collect();
    assert!(!exposed(&open).status.success(), "the threshold tells a unit that is open");
}

/// The same with the report that lies in the tree.
#[test]
fn the_code_on_a_cover_is_worked_out_as_the_guide_says() {
    let folder = TempDir::new().unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/report.pdf"), folder.path().join("report.pdf"))
        .unwrap();
    let run = |lines: &str| Command::new("sh").args(["-e", "-c", lines]).current_dir(folder.path()).output().unwrap();
    let told = run(only("sh", "pdfdetach"));
    let code = String::from_utf8(told.stdout).unwrap().trim().to_owned();
    assert_eq!(code.len(), 16, "{}", String::from_utf8_lossy(&told.stderr));
    let cover = String::from_utf8(run("pdftotext report.pdf -").stdout).unwrap().replace(['-', ' ', '\u{2011}'], "");
    assert!(cover.contains(&code), "{code} is not on the cover");
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Each metric that the guide names is told by a server, and each that a server tells is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_metric_of_the_guide_is_told_by_a_server() {
    let folder = TempDir::new().unwrap();
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config { listen: free, metrics: Some(free), ..Config::in_folder(folder.path()) };
    let running = serve(config, Clock::System).await.unwrap();
    get(running.address, "/healthz").await;
    let told = get(running.metrics_address.unwrap(), "/metrics").await;
    running.stop().await;
    let names = |text: &str| {
        let words = text.split(|letter: char| !letter.is_ascii_lowercase() && letter != '_');
        let own = words.filter(|word| word.starts_with("firebee_"));
        let plain =
            own.map(|word| ["_bucket", "_sum", "_count"].iter().fold(word, |word, end| word.trim_end_matches(*end)));
        plain.map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names(GUIDE), names(&told), "{told}");
    assert_eq!(names(GUIDE).len(), 9);
}

/// PgBouncer with the guide's file, until it is dropped.
struct Pooler {
    child: Child,
    folder: TempDir,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        // The log says why, when a test fails.
        eprintln!("{}", fs::read_to_string(self.folder.path().join("log")).unwrap_or_default());
    }
}

impl Pooler {
    /// Before the database of an address such as `host=/tmp/x user=postgres dbname=a`.
    fn start(database: &str, port: u16) -> Self {
        let folder = TempDir::new().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let value = |name: &str| {
            let pairs = database.split_whitespace();
            pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).unwrap().1.to_owned()
        };
        let at = format!("host={} dbname={}", value("host"), value("dbname"));
        let users = folder.path().join("userlist.txt");
        fs::write(&users, "\"postgres\" \"a secret\"\n").unwrap();
        let text = only("ini", "[pgbouncer]");
        let text = text.replace("host=db.example port=5432 dbname=firebee", &at).replace("6432", &port.to_string());
        let text = text.replace("/etc/pgbouncer/userlist.txt", users.to_str().unwrap());
        let file = folder.path().join("pgbouncer.ini");
        fs::write(&file, format!("{text}\nunix_socket_dir =\n")).unwrap();
        let found = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].into_iter().find(|path| Path::new(path).exists());
        let program = found.unwrap_or("pgbouncer");
        let root = String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0";
        let mut command = Command::new(if root { "setpriv" } else { program });
        if root {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", program]);
        }
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = command.arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        Self { child, folder }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_a_database_behind_the_pooler_of_the_guide() {
    let port = port::free();
    let _pooler = Pooler::start(&postgres::database().await, port);
    port::wait_until_it_listens(port);
    let folder = TempDir::new().unwrap();
    let server = |name: &str| {
        let file = folder.path().join(format!("{name}.toml"));
        let text = format!(
            "postgres = \"postgres://postgres:a%20secret@127.0.0.1:{port}/firebee\"\npostgres_statements = \"unnamed\"\n\
             connections = 16\nblobs = \"{0}/blobs\"\ndata = \"{0}/{name}\"\nlisten = \"127.0.0.1:0\"\nmetrics = \"off\"\n",
            folder.path().display()
        );
        fs::write(&file, text).unwrap();
        config::read(Some(&file), std::iter::empty(), []).unwrap()
    };
    let one = serve(server("one"), Clock::System).await.unwrap();
    let two = serve(server("two"), Clock::System).await.unwrap();
    for running in [&one, &two] {
        let asks = (0..20).map(|_| get(running.address, "/readyz"));
        for answer in futures_util::future::join_all(asks).await {
            assert!(answer.ends_with("ready\n"), "{answer}");
        }
    }
    two.stop().await;
    one.stop().await;
}
