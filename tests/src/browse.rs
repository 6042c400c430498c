//! A browser without a screen: keeps its cookie, reads the forms of a page and sends them.
#![expect(clippy::expect_used, reason = "a test without its page must fail, loudly")]

use crate::office::{Office, PASSWORD};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use percent_encoding::{NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::net::{IpAddr, SocketAddr};
use tower::ServiceExt as _;

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Page {
    /// The HTML.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header as text; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// What the form that is sent to `action` holds before anybody types: its hidden fields, and its ticked boxes.
    ///
    /// # Panics
    /// If there is no such form.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let html = self.html();
        let start = html.find(&format!("action=\"{action}\"")).expect("the page has the form");
        let form = html.get(start..).and_then(|rest| rest.split("</form>").next()).expect("a form");
        let held = |input: &&str| {
            let tag = input.split('>').next().unwrap_or_default();
            tag.contains("type=\"hidden\"") || tag.contains("type=\"checkbox\"") && tag.contains(" checked")
        };
        form.split("<input ").filter(held).map(|input| (attribute(input, "name"), attribute(input, "value"))).collect()
    }

    /// Whether the form that is sent to `action` takes files.
    pub fn takes_files(&self, action: &str) -> bool {
        let html = self.html();
        let before = html.split(&format!("action=\"{action}\"")).next().unwrap_or_default();
        before.rsplit("<form").next().is_some_and(|tag| tag.contains("multipart/form-data"))
    }

    /// What a reader sees, line by line: the text without tags, blank lines left out.
    pub fn text(&self) -> String {
        let html = self.html();
        let main = html.split("<main").nth(1).and_then(|rest| rest.split_once('>')).map_or("", |(_, rest)| rest);
        let mut text = String::new();
        let mut in_tag = false;
        for letter in main.split("</main>").next().unwrap_or_default().chars() {
            match letter {
                '<' => (in_tag, text) = (true, text + "\u{1}"),
                '>' => in_tag = false,
                letter if !in_tag => text.push(letter),
                _ => {}
            }
        }
        let lines = text.replace('\u{1}', "\n");
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n").replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'")
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let rest = tag.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Somebody's browser.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    /// The cookie of its session.
    pub cookie: String,
    /// The cookie by which the server knows it after the session.
    pub known: String,
    /// What it asks for.
    pub language: &'static str,
    /// The address of a proxy in front of the server, and the browser's protocol that it reports.
    through: Option<(IpAddr, &'static str)>,
}

impl Browser {
    /// A fresh one.
    pub fn new(office: &Office) -> Self {
        Self {
            router: office.router.clone(),
            cookie: String::new(),
            known: String::new(),
            language: "zh-CN",
            through: None,
        }
    }

    /// A fresh one that signs in.
    ///
    /// # Panics
    /// If the server does not let it in.
    pub async fn of(office: &Office, login: &str) -> Self {
        let mut browser = Self::new(office);
        let page = browser.sign_in(login, PASSWORD).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html());
        browser
    }

    /// The same browser behind a proxy, which says what protocol the browser speaks.
    #[must_use]
    pub fn through(&self, proxy: IpAddr, protocol: &'static str) -> Self {
        Self { through: Some((proxy, protocol)), ..self.clone() }
    }

    /// The same browser, set to another language.
    #[must_use]
    pub fn asking_for(&self, language: &'static str) -> Self {
        Self { language, ..self.clone() }
    }

    /// Signs in and keeps the cookie.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Page {
        let fields = [("login", login), ("password", password), ("back", "/")];
        let page = self.send_form("/sign-in", &fields, &[]).await;
        let given = page.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()?.split(';').next());
        let mut given = given.map(str::to_owned);
        self.cookie = given.next().unwrap_or_default();
        self.known = given.next().unwrap_or_else(|| self.known.clone());
        page
    }

    /// Reads a page.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn get(&self, path: &str) -> Page {
        let request = self.request("GET", path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Reads a page with further headers.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        let builder =
            headers.iter().fold(self.request("GET", path), |builder, (name, value)| builder.header(*name, *value));
        self.send(builder.body(Body::empty()).expect("a request")).await
    }

    /// Fills in the form of a page and sends it.
    pub async fn submit(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let hidden = page.form(action);
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
        if page.takes_files(action) {
            self.send_files(action, &all, &[]).await
        } else {
            self.send_form(action, &all, &[]).await
        }
    }

    /// Fills in the form of a page, chooses files for its field `file`, and sends it.
    pub async fn submit_files(&self, page: &Page, action: &str, fields: &[(&str, &str)], files: &[&[u8]]) -> Page {
        let hidden = page.form(action);
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
        self.send_files(action, &all, files).await
    }

    /// Sends a form with files as a browser does; a field without a file is sent empty.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn send_files(&self, path: &str, fields: &[(&str, &str)], files: &[&[u8]]) -> Page {
        self.send_named(path, fields, files, ("picked.bin", "application/octet-stream")).await
    }

    /// As [`Browser::send_files`]; the browser says this name and type of each file.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn send_named(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[&[u8]],
        (called, of_type): (&str, &str),
    ) -> Page {
        const MARK: &str = "----firebee";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.as_bytes());
        }
        let none: &[&[u8]] = &[b""];
        for file in if files.is_empty() { none } else { files } {
            let name = if file.is_empty() { "" } else { called };
            let head = format!(
                "--{MARK}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: \
                 {of_type}\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*file);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{MARK}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={MARK}");
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        let request = builder.header(header::CONTENT_LENGTH, body.len()).body(Body::from(body)).expect("a request");
        self.send(request).await
    }

    /// Announces a form with files of so many bytes, of which none comes.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn announce(&self, path: &str, bytes: u64) -> Page {
        let builder = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=firebee");
        let builder = builder.header(header::CONTENT_LENGTH, bytes);
        let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        self.send(builder.body(never).expect("a request")).await
    }

    /// Sends a form as it is, with further headers.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn send_form(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
        let mut builder = self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.send(builder.body(Body::from(body)).expect("a request")).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path).header(header::HOST, "firebee.example");
        builder
            .header(header::COOKIE, format!("{}; {}", self.cookie, self.known))
            .header(header::ACCEPT_LANGUAGE, self.language)
    }

    async fn send(&self, mut request: Request<Body>) -> Page {
        if let Some((peer, protocol)) = self.through {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 1))));
            request.headers_mut().insert("x-forwarded-proto", HeaderValue::from_static(protocol));
        }
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the answer has a body").to_bytes().to_vec();
        Page { status: parts.status, headers: parts.headers, bytes }
    }
}

fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, NON_ALPHANUMERIC)
}
