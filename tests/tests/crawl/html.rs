//! What a browser reads out of a page: where it leads, and what its forms send.

/// A tag with its attributes, and the text behind it up to the next one.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(String, String)>,
    text: &'a str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// A form as a browser would send it when nobody has touched it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// Where it goes.
    pub(super) action: String,
    /// Whether it is a POST.
    pub(super) posts: bool,
    /// Whether it may have files.
    pub(super) files: bool,
    /// Names and values.
    pub(super) fields: Vec<(String, String)>,
}

/// The addresses of this server that a page leads to, without what stands behind `#`.
pub(super) fn links(html: &str, path: &str) -> Vec<String> {
    let tags = tags(html);
    let named = tags.iter().filter_map(|tag| match tag.name {
        "a" | "link" => tag.get("href"),
        "img" | "script" | "source" | "object" | "iframe" => tag.get("src").or_else(|| tag.get("data")),
        _ => None,
    });
    named.filter_map(|link| inside(link, path)).collect()
}

/// The whole address of a link on a page; `None` when it leads nowhere on this server.
fn inside(link: &str, path: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default();
    match link {
        "" => None,
        link if link.starts_with('/') && !link.starts_with("//") => Some(link.to_owned()),
        link if link.starts_with('?') => Some(format!("{}{link}", path.split('?').next().unwrap_or_default())),
        _ => None,
    }
}

/// The forms of a page. A button with an address of its own makes one more.
pub(super) fn forms(html: &str, path: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut open: Option<Open> = None;
    for tag in &tags(html) {
        match (tag.name, &mut open) {
            ("form", _) => open = Some(Open::at(tag, path)),
            ("/form", _) => forms.extend(open.take().into_iter().flat_map(Open::close)),
            (_, Some(open)) => open.take(tag),
            _ => {}
        }
    }
    forms
}

/// A form whose end has not come yet.
struct Open {
    form: Form,
    /// Further addresses that buttons send the same fields to.
    actions: Vec<String>,
    /// The select that is open, whether it must have a value, and whether it has one.
    select: Option<(String, bool, bool)>,
    /// The buttons that have a name: the first one is pressed.
    button: Option<(String, String)>,
}

impl Open {
    fn at(tag: &Tag<'_>, path: &str) -> Self {
        let here = path.split('?').next().unwrap_or_default();
        let form = Form {
            action: tag.get("action").unwrap_or(here).to_owned(),
            posts: tag.get("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
            files: tag.get("enctype").is_some_and(|kind| kind.contains("multipart")),
            fields: Vec::new(),
        };
        Self { form, actions: Vec::new(), select: None, button: None }
    }

    fn take(&mut self, tag: &Tag<'_>) {
        let value = || tag.get("value").unwrap_or_default().to_owned();
        let name = tag.get("name").unwrap_or_default().to_owned();
        match tag.name {
            "input" => match tag.get("type").unwrap_or("text") {
                "file" | "submit" | "image" => {}
                "checkbox" if !tag.has("checked") => {}
                // Of several the first is chosen where none is.
                "radio" => {
                    let held = self.form.fields.iter().position(|(held, _)| *held == name);
                    match held {
                        Some(at) if tag.has("checked") => self.form.fields[at].1 = value(),
                        Some(_) => {}
                        None => self.form.fields.push((name, value())),
                    }
                }
                _ => self.form.fields.push((name, value())),
            },
            "textarea" => {
                let text = decode(tag.text);
                let typed = if text.trim().is_empty() { "一\r\n二".to_owned() } else { text };
                self.form.fields.push((name, typed.replace("\r\n", "\n").replace('\n', "\r\n")));
            }
            "select" => self.select = Some((name, tag.has("required"), false)),
            "/select" => self.select = None,
            "option" => {
                // The first one stands where none is chosen; a browser sends no empty one where one is required.
                if let Some((name, required, chosen)) = &mut self.select {
                    let empty = tag.get("value").is_some_and(str::is_empty);
                    if *chosen && tag.has("selected") {
                        self.form.fields.pop();
                    }
                    if !(*required && empty) && (tag.has("selected") || !*chosen) {
                        self.form.fields.push((name.clone(), value()));
                        *chosen = true;
                    }
                }
            }
            "button" => {
                self.actions.extend(tag.get("formaction").map(str::to_owned));
                if !name.is_empty() && self.button.is_none() {
                    self.button = Some((name, value()));
                }
            }
            _ => {}
        }
    }

    fn close(self) -> Vec<Form> {
        let mut form = self.form;
        form.fields.extend(self.button);
        form.fields.retain(|(name, _)| !name.is_empty());
        let others = self.actions.into_iter().map(|action| Form { action, ..form.clone() }).collect::<Vec<_>>();
        std::iter::once(form).chain(others).collect()
    }
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let pieces = html.split('<').skip(1).filter(|piece| !piece.starts_with(['!', ' ']));
    pieces.filter_map(tag).collect()
}

/// A tag, without its `<`. Values of the console's pages stand in quotes, and no value holds `<`.
fn tag(piece: &str) -> Option<Tag<'_>> {
    let end = piece.find(|letter: char| letter.is_whitespace() || letter == '>')?;
    let (name, mut rest) = piece.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(text) = rest.strip_prefix('>') {
            return Some(Tag { name, attributes, text });
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || "=>".contains(letter))?;
        let (key, behind) = rest.split_at(end);
        let value;
        (value, rest) = match behind.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"')?,
            None => match behind.strip_prefix('=') {
                Some(bare) => bare.split_at(bare.find(|letter: char| letter.is_whitespace() || letter == '>')?),
                None => ("", behind),
            },
        };
        attributes.push((key.to_owned(), decode(value)));
    }
}

/// A text without the references of HTML.
fn decode(text: &str) -> String {
    let known = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&quot;", "\""), ("&lt;", "<")];
    let text = known.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&gt;", ">").replace("&#38;", "&").replace("&amp;", "&")
}
