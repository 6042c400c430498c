//! A form as it was sent. It must come from a page of this session.

use super::{
    EXPORT_BYTES_MAX, FILES_BYTES_MAX, FORM_BYTES_MAX,
    kept::{AS_TYPED, Kept, Slot, is_kept},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    observe::Seldom,
    org::Org,
    sheet::FILE_BYTES_MAX,
    state::App,
    store::StoreError,
    upload::{AttachError, Attaching, attach},
};
use axum::{
    Form,
    extract::{
        DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode, Uri, header},
    response::Redirect,
    routing::MethodRouter,
};
use firebee_domain::{
    code::Code,
    id::{AccountId, ContentId, RequestId},
};
use firebee_protocol::fact::Mime;
use firebee_protocol::text::{Language, problem_text};
use std::{
    path::{Path, PathBuf},
    str::FromStr,
};
use subtle::ConstantTimeEq;
use tokio::io::AsyncWriteExt as _;

/// The fields of a form, in the order they were sent.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    #[cfg(test)]
    pub(super) const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Names and values, in the order they were sent.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of a field; empty when it was not sent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The files that a form that was refused before has brought.
    pub(super) fn brought(&self) -> Result<Vec<ContentId>, Refusal> {
        self.all("attached").map(|id| id.parse().map_err(|_| Refusal::FormExpired)).collect()
    }

    /// Whether it carries the token of the visitor's session.
    fn check_token(&self, visitor: &Visitor) -> Result<(), Refusal> {
        let holds = bool::from(self.text("csrf").as_bytes().ct_eq(visitor.csrf.as_bytes()));
        if holds { Ok(()) } else { Err(Refusal::FormExpired) }
    }

    /// The value of a field that the page itself wrote.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, Refusal> {
        self.text(name).parse().map_err(|_| Refusal::FormExpired)
    }
}

/// A form of somebody who is signed in.
pub(super) struct Posted {
    pub(super) visitor: Visitor,
    /// The form's request id. A form that is sent twice has one effect.
    pub(super) request: RequestId,
    pub(super) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        check_origin(&parts.headers)?;
        let visitor = Visitor::from_request_parts(&mut parts, app).await;
        let (action, slot) = (parts.uri.path().to_owned(), parts.extensions.get::<Slot>().cloned());
        let form = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        let fields = Fields(form.map_err(|_| Refusal::FormExpired)?.0);
        keep(slot, &action, &fields, &visitor);
        let posted = Self::of(visitor, fields)?;
        check_printable(app, &action, &posted.fields).await?;
        Ok(posted)
    }
}

impl Posted {
    /// The form, if it comes from a page of the visitor's session and says which request it is.
    fn of(visitor: Result<Visitor, Refusal>, fields: Fields) -> Result<Self, Refusal> {
        let visitor = visitor?;
        fields.check_token(&visitor)?;
        let request = fields.parsed("request")?;
        Ok(Self { visitor, request, fields })
    }
}

/// whether every text can be printed in a report. Somebody who wants it as it is sends the form once more.
async fn check_printable(app: &App, action: &str, fields: &Fields) -> Result<(), Refusal> {
    if !is_kept(action) || !fields.text(AS_TYPED).is_empty() {
        return Ok(());
    }
    let characters = app.printer.unprintable(fields.pairs().map(|(_, value)| value)).await;
    if characters.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Unprintable { characters: characters.into_iter().collect() })
    }
}

/// Keeps what was typed for the page of a refusal. A slot is filled once, by the form of its request.
fn keep(slot: Option<Slot>, action: &str, fields: &Fields, visitor: &Result<Visitor, Refusal>) {
    let csrf = visitor.as_ref().ok().map(|visitor| visitor.csrf.clone());
    if let Some((slot, kept)) = slot.zip(Kept::of(action, fields, csrf)) {
        slot.set(kept).ok();
    }
}

/// A form of somebody who is signed in, with files.
pub(super) struct PostedFiles {
    pub(super) posted: Posted,
    /// The files, stored already; those of a form that was refused before come first. Or why one is not taken.
    pub(super) files: Result<Vec<ContentId>, AttachError>,
}

impl FromRequest<App> for PostedFiles {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        Self::read(request, app, Mime::is_attachable).await
    }
}

/// As [`PostedFiles`], where an archive is taken too.
pub(super) struct PostedPapers(pub(super) PostedFiles);

impl FromRequest<App> for PostedPapers {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        PostedFiles::read(request, app, |mime| mime.is_attachable() || mime == Mime::Archive).await.map(Self)
    }
}

impl PostedFiles {
    /// The form with its files, each of a type that `takes` takes.
    async fn read(request: Request, app: &App, takes: fn(Mime) -> bool) -> Result<Self, Refusal> {
        if !super::has_files(&request) {
            let posted = Posted::from_request(request, app).await?;
            let files = Ok(posted.fields.brought()?);
            return Ok(Self { posted, files });
        }
        let (mut parts, body) = request.into_parts();
        check_origin(&parts.headers)?;
        let visitor = Visitor::from_request_parts(&mut parts, app).await;
        let (action, slot) = (parts.uri.path().to_owned(), parts.extensions.get::<Slot>().cloned());
        let multipart = Multipart::from_request(Request::from_parts(parts, body), app).await;
        let mut multipart = multipart.map_err(|_| Refusal::FormExpired)?;
        let (mut fields, mut bad, mut room) = (Fields(Vec::new()), None, FORM_BYTES_MAX);
        while let Some(field) = multipart.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                fields.0.push((name, text_of(field, &mut room).await?));
                continue;
            }
            // The token stands before the files, so that nothing of a stranger's form is stored.
            let Some(visitor) = visitor.as_ref().ok().filter(|visitor| fields.check_token(visitor).is_ok()) else {
                continue;
            };
            let brings = (visitor.member.org, visitor.member.actor.account);
            match take(app, brings, field, takes).await? {
                Ok(None) => {}
                // From now on the form names the file, wherever it is shown again.
                Ok(Some(id)) if fields.brought()?.contains(&id) => {}
                Ok(Some(id)) => fields.0.push(("attached".into(), id.to_string())),
                Err(refused) => bad = bad.or(Some(refused)),
            }
        }
        keep(slot, &action, &fields, &visitor);
        let posted = Posted::of(visitor, fields)?;
        check_printable(app, &action, &posted.fields).await?;
        let brought = posted.fields.brought()?;
        Ok(Self { posted, files: bad.map_or(Ok(brought), Err) })
    }
}

/// The text of a field, as long as the texts of the form have room for it.
async fn text_of(mut field: Field<'_>, room: &mut usize) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
        *room = room.checked_sub(chunk.len()).ok_or(Refusal::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Refusal::FormExpired)
}

/// Why a form with files cannot be read: it is too large, or no browser made it.
fn unread(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::FormExpired }
}

/// Stores one file of a form for whoever brings it; `None` for a field in which nothing was chosen.
async fn take(
    app: &App,
    (org, account): (Org, AccountId),
    mut field: Field<'_>,
    takes: fn(Mime) -> bool,
) -> Result<Result<Option<ContentId>, AttachError>, Refusal> {
    let (mut file, mut taken) = (Attaching::default(), Ok(()));
    // A file that is refused is read to its end, so that the answer reaches the browser.
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
        if taken.is_ok() {
            taken = file.push(chunk);
        }
    }
    Ok(match taken {
        Err(refused) => Err(refused),
        Ok(()) if file.is_empty() => Ok(None),
        Ok(()) => attach(&app.uploads, org, account, (file, takes)).await.map(Some),
    })
}

/// A form of somebody who is signed in, with one large file.
pub(super) struct PostedExport {
    pub(super) posted: Posted,
    /// The file, in the data folder; it goes when this is dropped. `None` when nothing was chosen.
    pub(super) file: Option<ExportFile>,
}

/// A form of somebody who is signed in, with one file that is read and not kept.
pub(super) struct PostedSheet {
    pub(super) posted: Posted,
    /// What the file is called.
    pub(super) name: String,
    /// Its bytes; empty when nothing was chosen. Of a file that is too large there is one byte more than it may have.
    pub(super) bytes: Vec<u8>,
}

impl FromRequest<App> for PostedSheet {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        check_origin(&parts.headers)?;
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let multipart = Multipart::from_request(Request::from_parts(parts, body), app).await;
        let mut multipart = multipart.map_err(|_| Refusal::FormExpired)?;
        let (mut fields, mut room) = (Fields(Vec::new()), FORM_BYTES_MAX);
        let (mut file, mut bytes) = (String::new(), Vec::new());
        while let Some(mut field) = multipart.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(named) = field.file_name() else {
                fields.0.push((name, text_of(field, &mut room).await?));
                continue;
            };
            file = named.to_owned();
            // A file that is too large is read to its end, so that the answer reaches the browser.
            while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
                let room = (FILE_BYTES_MAX + 1).saturating_sub(bytes.len());
                bytes.extend(chunk.iter().take(room));
            }
        }
        Ok(Self { posted: Posted::of(Ok(visitor), fields)?, name: file, bytes })
    }
}

/// A file that is removed when it is dropped.
pub(super) struct ExportFile(PathBuf);

impl ExportFile {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for ExportFile {
    fn drop(&mut self) {
        // A file that the disk does not let go takes room and does nothing else; its name says what it is.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl FromRequest<App> for PostedExport {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        check_origin(&parts.headers)?;
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let multipart = Multipart::from_request(Request::from_parts(parts, body), app).await;
        let mut multipart = multipart.map_err(|_| Refusal::FormExpired)?;
        let (mut fields, mut file, mut room) = (Fields(Vec::new()), None, FORM_BYTES_MAX);
        while let Some(mut field) = multipart.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                fields.0.push((name, text_of(field, &mut room).await?));
                continue;
            }
            // The token stands before the file, so that nothing of a stranger's form is stored.
            fields.check_token(&visitor)?;
            let request: RequestId = fields.parsed("request")?;
            let kept = ExportFile(app.config.data.join(format!("export-{request}.unfinished")));
            let mut to = tokio::fs::File::create(&kept.0).await.map_err(|error| lost(&error))?;
            let mut length = 0_usize;
            while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
                to.write_all(&chunk).await.map_err(|error| lost(&error))?;
                length += chunk.len();
            }
            to.flush().await.map_err(|error| lost(&error))?;
            file = Some(kept).filter(|_| length > 0);
        }
        fields.check_token(&visitor)?;
        let request = fields.parsed("request")?;
        Ok(Self { posted: Posted { visitor, request, fields }, file })
    }
}

/// The disk does not take the file.
fn lost(error: &std::io::Error) -> Refusal {
    Refusal::Store(StoreError::Lost(error.to_string()))
}

/// Lets a route take as many bytes as a form with an export file has.
pub(super) fn with_export(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(DefaultBodyLimit::max(EXPORT_BYTES_MAX))
}

/// Lets a route take as many bytes as a form with files has.
pub(super) fn with_files(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(DefaultBodyLimit::max(FILES_BYTES_MAX))
}

/// Where the address of a form leads whoever opens it as a page, by the link to the other language or by hand: to the page
/// of the form, `N` parts of the path above.
pub(super) async fn up<const N: usize>(uri: Uri) -> Redirect {
    let path = uri.path();
    let above = (0..N).fold(path, |path, _| path.rsplit_once('/').map_or("", |(above, _)| above));
    Redirect::to(if above.is_empty() { "/" } else { above })
}

/// A form of a visitor who is not signed in: the sign-in.
pub(super) struct PostedByNobody(pub(super) Fields);

/// A form of somebody who comes through a secret link and is not signed in: the link is the licence, and the form carries
/// only the id that makes it have one effect.
pub(super) struct PostedByLink {
    pub(super) request: RequestId,
    pub(super) fields: Fields,
    /// The file that it brought, stored already, or why it is not taken.
    pub(super) file: Result<Option<ContentId>, AttachError>,
}

impl PostedByLink {
    /// Reads the form. `brings` is whose a file of it becomes, if it is of a type that this form takes.
    pub(super) async fn read(
        request: Request,
        app: &App,
        (brings, takes): ((Org, AccountId), fn(Mime) -> bool),
    ) -> Result<Self, Refusal> {
        check_origin(request.headers())?;
        if !super::has_files(&request) {
            let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
            let fields = Fields(form.map_err(|_| Refusal::FormExpired)?.0);
            return Ok(Self { request: fields.parsed("request")?, fields, file: Ok(None) });
        }
        let multipart = Multipart::from_request(request, app).await;
        let mut multipart = multipart.map_err(|_| Refusal::FormExpired)?;
        let (mut fields, mut file, mut room) = (Fields(Vec::new()), Ok(None), FORM_BYTES_MAX);
        while let Some(field) = multipart.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                fields.0.push((name, text_of(field, &mut room).await?));
            } else if matches!(file, Ok(None)) {
                file = take(app, brings, field, takes).await?;
            }
        }
        // A form that is shown again names it, as any other does.
        fields.0.extend(file.iter().flatten().map(|id| ("attached".to_owned(), id.to_string())));
        Ok(Self { request: fields.parsed("request")?, fields, file })
    }
}

impl FromRequest<App> for PostedByNobody {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        check_origin(request.headers())?;
        let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
        form.map(|form| Self(Fields(form.0))).map_err(|_| Refusal::FormExpired)
    }
}

/// Refuses a form of which the browser reports that it came from a page of another server. Old browsers report nothing;
/// then the token alone decides. When the browser does not call the form foreign and its `Origin` still differs from
/// the `Host`, the refusal blames a proxy that does not pass on `Host`.
fn check_origin(headers: &HeaderMap) -> Result<(), Refusal> {
    static COMPLAINTS: Seldom = Seldom::new();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Refusal::FormExpired);
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return Ok(()) };
    let (_, origin) = origin.split_once("://").ok_or(Refusal::FormExpired)?;
    if text(header::HOST.as_str()).is_some_and(|host| host == origin) {
        return Ok(());
    }
    if let Some(left_out) = COMPLAINTS.say() {
        let [zh, en] = [Language::Zh, Language::En].map(|language| problem_text(Code::ProxyOrigin, &[], language));
        tracing::warn!(left_out, zh, en, "a form was refused; in nginx: proxy_set_header Host $http_host");
    }
    Err(Refusal::ProxyOrigin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn from(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_of_another_site_is_known_by_what_the_browser_says() {
        let check = |pairs: &[_]| check_origin(&from(pairs));
        assert_eq!(check(&[("host", "a.example"), ("origin", "https://a.example")]), Ok(()));
        assert_eq!(check(&[("host", "a.example"), ("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(check(&[("host", "a.example")]), Ok(()));
        let expired = Err(Refusal::FormExpired);
        assert_eq!(check(&[("host", "a.example"), ("origin", "null")]), expired);
        assert_eq!(check(&[("host", "a.example"), ("sec-fetch-site", "cross-site")]), expired);
        let foreign = [("host", "a.example"), ("origin", "https://b.example"), ("sec-fetch-site", "cross-site")];
        assert_eq!(check(&foreign), expired);
    }

    #[test]
    fn a_proxy_that_does_not_pass_on_the_host_is_told_apart() {
        let check = |pairs: &[_]| check_origin(&from(pairs));
        let told = Err(Refusal::ProxyOrigin);
        let plain = [("host", "127.0.0.1:8420"), ("origin", "https://a.example"), ("sec-fetch-site", "same-origin")];
        assert_eq!(check(&plain), told);
        assert_eq!(check(&[("host", "127.0.0.1:8420"), ("origin", "http://a.example")]), told);
    }
}
