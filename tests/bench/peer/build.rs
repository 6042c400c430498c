//! Makes tusd's program of its published module.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

/// The most time for fetching and compiling the modules. With a warm cache it takes a second; an unreachable module
/// proxy costs this much.
const TIME_MAX: Duration = Duration::from_secs(150);

/// The program, or why there is none. Go builds only what has changed.
///
/// # Errors
/// Go is not on the path, the module proxy cannot be reached, or the build fails for another reason; a line says which.
pub fn tusd() -> Result<PathBuf, String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tests.join("../target/peer");
    fs::create_dir_all(&folder).expect("target/peer can be written");
    let folder = folder.canonicalize().expect("it was just made");
    let (program, log) = (folder.join("tusd"), folder.join("tusd.log"));
    let output = File::create(&log).expect("target/peer can be written");
    let build = Command::new("go")
        .args(["build", "-trimpath", "-o"])
        .arg(&program)
        .current_dir(tests.join("bench/peer/tusd"))
        // Neither another compiler nor another version of a module than those asked for is fetched.
        .env("GOTOOLCHAIN", "local")
        .env("GOFLAGS", "-mod=readonly -buildvcs=false")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(output)
        .spawn();
    let mut build = match build {
        Ok(build) => build,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err("there is no `go` on the PATH".into()),
        Err(error) => return Err(format!("`go` does not start: {error}")),
    };
    match wait_for(&mut build) {
        Some(status) if status.success() => Ok(program),
        Some(_) => Err(format!("`go build` failed: {}", last_line(&log))),
        None => Err(format!("`go build` took more than {} s: {}", TIME_MAX.as_secs(), last_line(&log))),
    }
}

/// How it ended; nothing if its time was over first, and it was ended.
fn wait_for(build: &mut Child) -> Option<ExitStatus> {
    // Its standard output, where it says nothing, is closed when it ends.
    let mut output = build.stdout.take()?;
    let (open, closed) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        io::copy(&mut output, &mut io::sink()).ok();
        drop(open);
    });
    if closed.recv_timeout(TIME_MAX) == Err(RecvTimeoutError::Timeout) {
        build.kill().ok();
        build.wait().ok();
        return None;
    }
    build.wait().ok()
}

fn last_line(log: &Path) -> String {
    let said = fs::read_to_string(log).unwrap_or_default();
    said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("it said nothing").to_owned()
}
