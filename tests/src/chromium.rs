//! A real Chromium without a window, spoken to over its debugging pipe (the DevTools protocol, one JSON a NUL byte).
#![expect(clippy::expect_used, reason = "a test without its browser must fail, loudly: run scripts/setup")]

use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

/// The pipe is descriptors 3 and 4; the shell puts our standard streams there.
const LAUNCH: &str = r#"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#;

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// CSS pixels.
    pub width: u32,
    /// Dark or light.
    pub dark: bool,
    /// What the browser asks for: `zh-CN` or `en`.
    pub language: &'static str,
}

/// A browser with one tab.
pub struct Chromium {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    tab: String,
    next: u64,
    events: VecDeque<String>,
    _profile: TempDir,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Chromium {
    /// Starts one.
    ///
    /// # Panics
    /// If it does not start: no test skips it.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--hide-scrollbars",
            "--font-render-hinting=none",
            "--remote-debugging-pipe",
        ];
        let mut command = Command::new("sh");
        command.args(["-c", LAUNCH, "sh", "chromium"]).args(flags);
        command.arg(format!("--user-data-dir={}", profile.path().display())).arg("about:blank");
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("chromium is there: run scripts/setup");
        let input = process.stdin.take().expect("standard input is piped");
        let output = BufReader::new(process.stdout.take().expect("standard output is piped"));
        let events = VecDeque::new();
        let mut browser = Self { process, input, output, tab: String::new(), next: 0, events, _profile: profile };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": text(&target, "targetId"), "flatten": true });
        browser.tab = text(&browser.ask("Target.attachToTarget", &attach), "sessionId");
        for domain in ["Page.enable", "Network.enable", "Runtime.enable"] {
            browser.ask(domain, &json!({}));
        }
        browser
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Panics
    /// If the browser is gone or refuses.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut command = json!({ "id": id, "method": method, "params": params });
        if !self.tab.is_empty()
            && let Some(command) = command.as_object_mut()
        {
            command.insert("sessionId".into(), Value::from(self.tab.clone()));
        }
        let mut line = command.to_string().into_bytes();
        line.push(0);
        self.input.write_all(&line).expect("the browser listens");
        self.input.flush().expect("the browser listens");
        loop {
            let said = self.read();
            if said.get("id").and_then(Value::as_u64) == Some(id) {
                assert!(said.get("error").is_none(), "{method}: {said}");
                return said.get("result").cloned().unwrap_or_default();
            }
            self.note(&said);
        }
    }

    fn read(&mut self) -> Value {
        let mut line = Vec::new();
        self.output.read_until(0, &mut line).expect("the browser speaks");
        assert_eq!(line.pop(), Some(0), "the browser ended; if it is not installed, run scripts/setup");
        serde_json::from_slice(&line).expect("the browser speaks JSON")
    }

    fn note(&mut self, said: &Value) {
        self.events.extend(said.get("method").and_then(Value::as_str).map(str::to_owned));
    }

    fn wait_for(&mut self, event: &str) {
        loop {
            while let Some(seen) = self.events.pop_front() {
                if seen == event {
                    return;
                }
            }
            let said = self.read();
            self.note(&said);
        }
    }

    /// Looks at pages as a screen of that width, theme and language does.
    pub fn look(&mut self, view: View) {
        let height = if view.width < 600 { 844 } else { 800 };
        // `mobile` stays off: a mobile viewport grows with content that is too wide, and so hides it from the check.
        let screen = json!({ "width": view.width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &screen);
        let theme = if view.dark { "dark" } else { "light" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.ask("Emulation.setEmulatedMedia", &features);
        self.ask("Network.setExtraHTTPHeaders", &json!({ "headers": { "Accept-Language": view.language } }));
    }

    /// Holds a cookie for a server.
    ///
    /// # Panics
    /// If the cookie is not `name=value`.
    pub fn hold_cookie(&mut self, server: &str, cookie: &str) {
        let (name, value) = cookie.split_once('=').expect("a cookie");
        self.ask("Network.clearBrowserCookies", &json!({}));
        self.ask("Network.setCookie", &json!({ "url": server, "name": name, "value": value, "httpOnly": true }));
    }

    /// Opens a page and waits until it is loaded, pictures included.
    pub fn open(&mut self, address: &str) {
        self.events.clear();
        self.ask("Page.navigate", &json!({ "url": address }));
        self.wait_for("Page.loadEventFired");
        // Pictures below the fold are loaded when they are scrolled to; a screenshot shows all of the page.
        self.run(
            "Promise.all([...document.images].map((i) => { i.loading = 'eager'; return i.decode().catch(() => 0); }))",
        );
    }

    /// Presses what a selector finds and waits for the next page.
    pub fn press(&mut self, selector: &str) {
        self.events.clear();
        self.run(&format!("document.querySelector({selector:?}).click()"));
        self.wait_for("Page.loadEventFired");
    }

    /// Runs an expression that leads to another page, the one before included, and waits for that.
    pub fn leave(&mut self, expression: &str) {
        self.events.clear();
        self.run(expression);
        self.wait_for("Page.frameNavigated");
        self.run("new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', done))");
    }

    /// Runs an expression, waits for its promise and gives its value.
    ///
    /// # Panics
    /// If it throws.
    pub fn run(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let said = self.ask("Runtime.evaluate", &params);
        assert!(said.get("exceptionDetails").is_none(), "{said}");
        said.pointer("/result/value").cloned().unwrap_or_default()
    }

    /// The whole page as a PNG.
    ///
    /// # Panics
    /// If the browser gives none.
    pub fn picture(&mut self) -> Vec<u8> {
        let params = json!({ "format": "png", "captureBeyondViewport": true });
        let said = self.ask("Page.captureScreenshot", &params);
        from_base64(&text(&said, "data"))
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).expect("the browser answers with it").to_owned()
}

/// Standard base64, as the DevTools protocol writes bytes.
fn from_base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = text.bytes().filter_map(digit).collect();
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for four in digits.chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - four.len()));
        let [_, a, b, c] = bits.to_be_bytes();
        out.extend([a, b, c].into_iter().take(four.len() - 1));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_and_without_padding() {
        assert_eq!(from_base64("Zm9vYmFy"), b"foobar");
        assert_eq!(from_base64("Zm9vYg=="), b"foob");
        assert_eq!(from_base64("Zm8="), b"fo");
        assert_eq!(from_base64(""), b"");
    }
}
