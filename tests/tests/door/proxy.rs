//! The real proxies of the guide, in the guide's own words, over TLS.

use crate::process::Process;
use firebee_tests::{office::PASSWORD, port};
use std::{
    fs,
    io::Write as _,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../../../docs/operations.md");

/// A block of the guide.
fn block(language: &str) -> &'static str {
    GUIDE.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap()
}

/// A proxy, and the certificate that it shows.
struct Proxy {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // nginx has a worker, which ends when it is told, not when its master is killed.
        Command::new("kill").arg(self.child.id().to_string()).status().ok();
        self.child.wait().ok();
    }
}

impl Proxy {
    fn start(port: u16, command: impl FnOnce(&Path) -> Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=firebee.example"])
            .args(["-addext", "subjectAltName=DNS:firebee.example", "-keyout", "key.pem", "-out", "cert.pem"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let child = command(folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let proxy = Self { child: child.unwrap(), port, folder };
        port::wait_until_it_listens(port);
        proxy
    }

    /// nginx with a `server` block of the guide's, or another one.
    fn nginx(port: u16, server: &str) -> Self {
        let server = server.replace("listen 443 ssl", &format!("listen 127.0.0.1:{port} ssl"));
        Self::start(port, |folder| {
            let place = folder.display();
            let server = server.replace("/etc/ssl/firebee.pem", "cert.pem").replace("/etc/ssl/firebee.key", "key.pem");
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|name| format!("{name}_temp_path {place}/{name};"))
                .join("\n");
            let http = format!("access_log off;\n{temporary}\n{server}");
            let all = format!(
                "daemon off;\npid {place}/pid;\nerror_log {place}/error.log;\nevents {{}}\nhttp {{\n{http}\n}}\n"
            );
            fs::write(folder.join("nginx.conf"), all).unwrap();
            let found = ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().find(|path| Path::new(path).exists());
            let mut command = Command::new(found.unwrap_or("nginx"));
            command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "error.log"]);
            command
        })
    }

    /// Caddy with the guide's block.
    fn caddy(port: u16, site: &str) -> Self {
        Self::start(port, |folder| {
            let place = folder.display();
            let own = format!("https://firebee.example:{port} {{\n    tls {place}/cert.pem {place}/key.pem");
            let global = "{\n    admin off\n    auto_https disable_redirects\n}\n";
            let site = site.replacen("firebee.example {", &own, 1);
            fs::write(folder.join("Caddyfile"), format!("{global}{site}")).unwrap();
            let mut command = Command::new("caddy");
            command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
            command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
            command
        })
    }

    /// Sends bytes over TLS to the name of the certificate, and reads until the proxy closes.
    fn ask(&self, request: &[u8]) -> String {
        let mut client = Command::new("openssl")
            .args(["s_client", "-quiet", "-verify_return_error", "-verify_hostname", "firebee.example"])
            .args(["-servername", "firebee.example", "-CAfile", "cert.pem", "-connect"])
            .arg(SocketAddr::from(([127, 0, 0, 1], self.port)).to_string())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The pipe stays open until the answer is here; the proxy may close before it has read everything.
        let mut into = client.stdin.take().unwrap();
        into.write_all(request).ok();
        let answer = client.wait_with_output().unwrap();
        drop(into);
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }

    fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let host = format!("firebee.example:{}", self.port);
        let length = format!("content-length: {}\r\n", body.len());
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{length}{headers}\r\n");
        self.ask(format!("{head}{body}").as_bytes())
    }

    /// Signs in on the console as a browser does.
    fn sign_in(&self) -> String {
        let origin = format!("origin: https://firebee.example:{}\r\nsec-fetch-site: same-origin\r\n", self.port);
        let headers = format!("{origin}content-type: application/x-www-form-urlencoded\r\n");
        let form = format!("login=qian&password={}&back=/account", PASSWORD.replace(' ', "+"));
        self.request("POST", "/sign-in", &headers, &form)
    }
}

/// A server behind a proxy that will listen on `port`.
async fn behind(port: u16) -> Process {
    let public = format!("https://firebee.example:{port}");
    let flags = ["--trusted-proxies", "127.0.0.1", "--public-addresses", &public];
    Process::start_in(Process::founded().await, 4_096, &flags)
}

/// Everything that a proxy may break.
fn a_browser_and_a_phone_get_through(proxy: &Proxy) {
    let home = proxy.request("GET", "/", "", "");
    assert!(home.starts_with("HTTP/1.1 303") && home.to_lowercase().contains("location: /sign-in\r\n"), "{home}");
    let signed_in = proxy.sign_in();
    let lower = signed_in.to_lowercase();
    assert!(signed_in.starts_with("HTTP/1.1 303") && lower.contains("location: /account\r\n"), "{signed_in}");
    let cookies: Vec<&str> = signed_in.lines().filter(|line| line.to_lowercase().starts_with("set-cookie: ")).collect();
    assert!(cookies.len() == 2 && cookies.iter().all(|line| line.contains("; Secure")), "{signed_in}");
    let cookie = cookies[0].split_once(": ").unwrap().1.split(';').next().unwrap();
    assert!(cookie.starts_with("__Host-firebee="), "{cookie}");
    let account = proxy.request("GET", "/account", &format!("cookie: {cookie}\r\n"), "");
    assert!(account.starts_with("HTTP/1.1 200") && account.contains("qian"), "{account}");
    // A photo of the greatest size is neither refused nor kept back: its head arrives before its body does.
    let head = format!("PUT /v1/blobs/x HTTP/1.1\r\nhost: firebee.example:{}\r\n", proxy.port);
    let photo = proxy.ask(format!("{head}connection: close\r\ncontent-length: {}\r\n\r\nx", 30 << 20).as_bytes());
    assert!(photo.to_lowercase().contains("firebee-server: "), "{photo}");
}

#[tokio::test]
async fn the_guides_block_for_nginx_lets_browsers_and_phones_through() {
    let port = port::free();
    let server = behind(port).await;
    let proxy = Proxy::nginx(port, &block("nginx").replace("127.0.0.1:8420", &server.address.to_string()));
    a_browser_and_a_phone_get_through(&proxy);
}

#[tokio::test]
async fn the_guides_block_for_caddy_lets_browsers_and_phones_through() {
    let port = port::free();
    let server = behind(port).await;
    let proxy = Proxy::caddy(port, &block("caddy").replace("127.0.0.1:8420", &server.address.to_string()));
    a_browser_and_a_phone_get_through(&proxy);
}

/// What people write first is told apart from a form that has expired, in both languages and in the log.
#[tokio::test]
async fn a_plain_proxy_pass_is_told_what_it_lacks() {
    let server = Process::start(4_096).await;
    let proxy = Proxy::nginx(
        port::free(),
        &format!(
            "server {{ listen 443 ssl; ssl_certificate /etc/ssl/firebee.pem; ssl_certificate_key /etc/ssl/firebee.key;
             location / {{ proxy_pass http://{}; }} }}",
            server.address
        ),
    );
    for _ in 0..3 {
        let refused = proxy.sign_in();
        assert!(refused.starts_with("HTTP/1.1 403") && refused.contains("proxy_origin"), "{refused}");
    }
    let log = server.log();
    assert_eq!(log.matches("proxy_set_header Host").count(), 1, "{log}");
}

/// With its public addresses the server shows no page under another name.
#[tokio::test]
async fn a_name_that_is_not_the_servers_shows_no_page() {
    let port = port::free();
    let server = behind(port).await;
    let proxy = Proxy::nginx(
        port,
        &block("nginx").replace("127.0.0.1:8420", &server.address.to_string()).replace("$http_host", "evil.example"),
    );
    let refused = proxy.request("GET", "/sign-in", "", "");
    assert!(refused.starts_with("HTTP/1.1 403") && refused.contains("proxy_origin"), "{refused}");
    let phone = proxy.request("GET", "/v1/capabilities", "", "");
    assert!(phone.starts_with("HTTP/1.1 200"), "a phone compares the server's key: {phone}");
    let log = server.log();
    assert!(log.contains("proxy_set_header Host") && log.contains("proxy_origin"), "the log names the remedy: {log}");
}
