//! Processes of their own, for whatever has a memory, a processor time or fsyncs to be told apart from ours.
//!
//! A child is this same program, or a peer's that speaks alike. It answers a line with a line, and ends when its input
//! does.

use super::{cpu, fsyncs};
use firebee_server::cli::ALLOCATOR;
use std::{
    io::{BufRead as _, BufReader, Write as _, stdin, stdout},
    process::{Child as Process, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What a process has used up, between two looks or since its start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    /// Processor time of all threads, in nanoseconds.
    pub cpu_ns: u64,
    /// Fsyncs.
    pub fsyncs: u64,
}

impl Used {
    /// By this process so far.
    pub fn here() -> Self {
        Self { cpu_ns: cpu::used_ns(), fsyncs: fsyncs::count() }
    }

    /// Since an earlier look.
    pub const fn since(self, earlier: Self) -> Self {
        Self { cpu_ns: self.cpu_ns - earlier.cpu_ns, fsyncs: self.fsyncs - earlier.fsyncs }
    }
}

/// A running child.
pub struct Child {
    process: Process,
    pipes: Mutex<Pipes>,
    /// The first line that it said.
    pub said: String,
}

struct Pipes {
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Child {
    /// Starts this program in a role and waits for its first line.
    pub fn start(role: &str, arguments: &[&str]) -> Self {
        let program = std::env::current_exe().expect("this program has a file");
        let mut command = Command::new(program);
        if role == "server" {
            command.envs(ALLOCATOR); // as `firebee serve` sets them
        }
        Self::run(command.args(["--child", role]).args(arguments))
    }

    /// Starts a program and waits for its first line.
    pub fn run(command: &mut Command) -> Self {
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a program that was built starts");
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().expect("standard output is piped"));
        let mut pipes = Pipes { input, output };
        let said = pipes.hear();
        Self { process, pipes: Mutex::new(pipes), said }
    }

    /// What it has used up so far.
    pub fn used(&self) -> Used {
        let numbers = self.pipes().ask("used");
        let mut numbers = numbers.split(' ').map(|number| number.parse().expect("a child answers numbers"));
        Used { cpu_ns: numbers.next().unwrap_or(0), fsyncs: numbers.next().unwrap_or(0) }
    }

    /// The memory that it holds now and the most that it ever held, in MB (10^6 bytes).
    pub fn memory_mb(&self) -> (f64, f64) {
        let numbers = self.pipes().ask("memory");
        let (now, peak) = numbers.split_once(' ').expect("a child answers two numbers");
        (now.parse().expect("a number"), peak.parse().expect("a number"))
    }

    fn pipes(&self) -> MutexGuard<'_, Pipes> {
        self.pipes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pipes {
    fn ask(&mut self, line: &str) -> String {
        let input = self.input.as_mut().expect("open until dropped");
        writeln!(input, "{line}").expect("a child listens");
        self.hear()
    }

    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a child speaks");
        assert!(line.ends_with('\n'), "a child ended before its time");
        line.trim().to_owned()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop(self.pipes().input.take());
        self.process.wait().ok();
    }
}

/// Plays a role, as the child.
pub fn play(role: &str, arguments: &[String]) {
    match (role, arguments) {
        ("downscale", [way, photo]) => crate::goal::downscale::measure_peak(way, photo),
        ("floor", [folder]) => answer(&crate::floor::server::start(folder.as_ref())),
        ("server", [folder, size]) => answer(&crate::ours::server::play(folder.as_ref(), size)),
        _ => panic!("no such role: {role}"),
    }
}

/// Says the first line, then answers until the input ends.
fn answer(first: &str) {
    let mut output = stdout();
    let mut say = |line: &str| writeln!(output, "{line}").and_then(|()| output.flush()).expect("the parent listens");
    say(first);
    for line in stdin().lines() {
        match line.expect("the parent speaks").as_str() {
            "used" => {
                let Used { cpu_ns, fsyncs } = Used::here();
                say(&format!("{cpu_ns} {fsyncs}"));
            }
            "memory" => say(&format!("{} {}", cpu::held_mb(), cpu::peak_mb())),
            other => panic!("no such question: {other}"),
        }
    }
}
