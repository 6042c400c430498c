//! Somebody at the console: pages and forms over HTTP, as a browser reads and sends them.

use super::{fail::StoryError, report::Login};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

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
    /// Signs in.
    ///
    /// # Errors
    /// The server does not answer, or refuses.
    pub async fn sign_in(server: SocketAddr, login: &Login) -> Result<Self, StoryError> {
        let stranger = Self { server, cookies: String::new() };
        let fields = [("login", login.login.as_str()), ("password", login.password.as_str()), ("back", "/")];
        let page = stranger.ask("POST", "/sign-in", &encoded(&fields)).await?;
        let given = page.headers("set-cookie").filter_map(|cookie| cookie.split(';').next());
        let cookies = given.collect::<Vec<_>>().join("; ");
        page.leads_on("sign in at the console")?;
        Ok(Self { server, cookies })
    }

    /// Opens a page, fills in its form that goes to `action`, and sends it.
    ///
    /// # Errors
    /// The page has no such form, or the server refuses what was typed.
    pub async fn submit(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Result<(), StoryError> {
        let step = "send a form of the console";
        let shown = self.ask("GET", page, "").await?;
        let hidden = hidden(&shown.body, action).ok_or_else(|| StoryError::new(step, format!("{page} has none")))?;
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<(&str, &str)> = hidden.chain(typed.iter().copied()).collect();
        self.ask("POST", action, &encoded(&fields)).await?.leads_on(step)
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Result<Page, StoryError> {
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
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
        let status = head.split(' ').nth(1).unwrap_or_default().to_owned();
        Ok(Page { status, head: head.to_owned(), body: body.to_owned() })
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

/// The hidden fields of the form that goes to `action`; `None` when the page has no such form.
fn hidden(html: &str, action: &str) -> Option<Vec<(String, String)>> {
    let (_, after) = html.split_once(&format!("action=\"{action}\""))?;
    let form = after.split("</form>").next()?;
    let tags = form.split("<input ").map(|rest| rest.split('>').next().unwrap_or_default());
    let held = tags.filter(|tag| tag.contains("type=\"hidden\""));
    Some(held.map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect())
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
    fn a_form_is_found_by_where_it_goes_and_gives_its_hidden_fields() {
        let page = "<form action=\"/a\"><input type=\"hidden\" name=\"x\" value=\"1\"></form>\
                    <form action=\"/b\"><input type=\"hidden\" name=\"csrf\" value=\"2\"><input name=\"reason\"></form>";
        assert_eq!(hidden(page, "/b"), Some(vec![("csrf".to_owned(), "2".to_owned())]));
        assert_eq!(hidden(page, "/c"), None);
    }

    #[test]
    fn what_is_typed_is_sent_byte_by_byte_where_it_is_no_plain_letter() {
        assert_eq!(encoded(&[("reason", "a b&失"), ("x", "")]), "reason=a%20b%26%E5%A4%B1&x=");
    }
}
