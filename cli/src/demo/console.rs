//! Somebody at the console: pages and forms over HTTP, as a browser reads and sends them.

use super::{fail::StoryError, report::Login};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What is tried when a form is sent.
const SEND: &str = "send a form of the console";

/// A browser that is signed in.
pub struct Console {
    server: SocketAddr,
    cookies: String,
}

/// An answer.
struct Page {
    status: String,
    head: String,
    body: String,
}

impl Console {
    /// Signs in somebody of the firm.
    ///
    /// # Errors
    /// As [`Console::enter`].
    pub async fn sign_in(server: SocketAddr, login: &Login) -> Result<Self, StoryError> {
        Self::enter(server, (&login.login, &login.password)).await
    }

    /// Signs in with a login and a password.
    ///
    /// # Errors
    /// The server does not answer, or refuses.
    pub async fn enter(server: SocketAddr, (login, password): (&str, &str)) -> Result<Self, StoryError> {
        let stranger = Self { server, cookies: String::new() };
        let fields = [("login", login), ("password", password), ("back", "/")];
        let page = stranger.ask("POST", "/sign-in", &encoded(&fields)).await?;
        let given = page.headers("set-cookie").filter_map(|cookie| cookie.split(';').next());
        let cookies = given.collect::<Vec<_>>().join("; ");
        page.leads_on("sign in at the console")?;
        Ok(Self { server, cookies })
    }

    /// Opens a page, fills in its form that goes to `action`, and sends it. What is not typed stays as the page proposes it.
    /// Gives where that leads.
    ///
    /// # Errors
    /// The page has no such form, or the server refuses what was typed.
    pub async fn submit(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Result<String, StoryError> {
        let answer = self.fill(page, action, typed).await?;
        answer.leads_on(SEND)?;
        Ok(answer.headers("location").next().unwrap_or_default().to_owned())
    }

    /// As [`Console::submit`], of a form whose answer is a page that is shown once.
    ///
    /// # Errors
    /// As [`Console::submit`].
    pub async fn told(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Result<String, StoryError> {
        let answer = self.fill(page, action, typed).await?;
        if answer.status == "200" { Ok(answer.body) } else { Err(StoryError::new(SEND, answer.status)) }
    }

    async fn fill(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Result<Page, StoryError> {
        let shown = self.ask("GET", page, "").await?;
        let stands = stands(&shown.body, action).ok_or_else(|| StoryError::new(SEND, format!("{page} has none")))?;
        let stands = stands.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let proposed = stands.filter(|(name, _)| typed.iter().all(|(known, _)| known != name));
        let fields: Vec<(&str, &str)> = proposed.chain(typed.iter().copied()).collect();
        self.ask("POST", action, &encoded(&fields)).await
    }

    /// Reads a page.
    ///
    /// # Errors
    /// The server does not answer, or there is no such page.
    pub async fn read(&self, page: &str) -> Result<String, StoryError> {
        let answer = self.ask("GET", page, "").await?;
        if answer.status == "200" { Ok(answer.body) } else { Err(StoryError::new("read a page", answer.status)) }
    }

    /// Reads a file; `None` where the server cannot make it now.
    ///
    /// # Errors
    /// The server does not answer, or there is no such file.
    pub async fn file(&self, path: &str) -> Result<Option<Vec<u8>>, StoryError> {
        let answer = self.bytes("GET", path, "").await?;
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        let (head, body) = answer.split_at(end);
        match String::from_utf8_lossy(head).split(' ').nth(1) {
            Some("200") => Ok(Some(body.to_vec())),
            Some("503") => Ok(None),
            other => Err(StoryError::new("read a file", other.unwrap_or_default().to_owned())),
        }
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Result<Page, StoryError> {
        let answer = self.bytes(method, path, body).await?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
        let status = head.split(' ').nth(1).unwrap_or_default().to_owned();
        Ok(Page { status, head: head.to_owned(), body: body.to_owned() })
    }

    async fn bytes(&self, method: &str, path: &str, body: &str) -> Result<Vec<u8>, StoryError> {
        let broken = StoryError::at("reach the console");
        // Without a connection that stays, an answer ends with it and comes in one piece.
        let request = format!(
            "{method} {path} HTTP/1.0\r\nhost: {}\r\ncookie: {}\r\ncontent-type: \
             application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.server,
            self.cookies,
            body.len()
        );
        let mut stream = TcpStream::connect(self.server).await.map_err(&broken)?;
        stream.write_all(request.as_bytes()).await.map_err(&broken)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.map_err(&broken)?;
        Ok(answer)
    }
}

impl Page {
    fn headers<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        let named = move |line: &'p str| {
            line.split_once(':').filter(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        self.head.lines().filter_map(named)
    }

    /// A form that was taken leads to another page; one that was refused is shown again.
    fn leads_on(&self, step: &'static str) -> Result<(), StoryError> {
        let refused = self.headers("location").any(|to| to.starts_with("/sign-in"));
        if self.status == "303" && !refused { Ok(()) } else { Err(StoryError::new(step, self.status.clone())) }
    }
}

/// The fields of the form that goes to `action`, as they stand; `None` when the page has no such form.
fn stands(html: &str, action: &str) -> Option<Vec<(String, String)>> {
    let (_, after) = html.split_once(&format!("action=\"{action}\""))?;
    let form = after.split("</form>").next()?;
    let tags = form.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let is = |tag: &str, kind: &str| tag.contains(&format!("type=\"{kind}\""));
    let sent =
        tags.filter(|tag| !is(tag, "file") && (tag.ends_with(" checked") || !is(tag, "checkbox") && !is(tag, "radio")));
    Some(sent.map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect())
}

fn attribute(tag: &str, name: &str) -> String {
    let (_, rest) = tag.split_once(&format!("{name}=\"")).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", value.bytes().map(byte).collect::<String>());
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_found_by_where_it_goes_and_gives_its_fields_as_they_stand() {
        let page = "<form action=\"/a\"><input type=\"hidden\" name=\"x\" value=\"1\"></form>\
                    <form action=\"/b\"><input type=\"hidden\" name=\"csrf\" value=\"2\"><input name=\"day\" value=\"3\">\
                    <input type=\"checkbox\" name=\"task\" value=\"4\" checked><input type=\"checkbox\" name=\"task\" value=\"5\">\
                    <input type=\"file\" name=\"file\"></form>";
        let stood =
            [("csrf", "2"), ("day", "3"), ("task", "4")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(stands(page, "/b"), Some(stood.to_vec()));
        assert_eq!(stands(page, "/c"), None);
    }

    #[test]
    fn what_is_typed_is_sent_byte_by_byte_where_it_is_no_plain_letter() {
        assert_eq!(encoded(&[("reason", "a b&失"), ("x", "")]), "reason=a%20b%26%E5%A4%B1&x=");
    }
}
