//! Serves a picture's bytes to people who may see the picture.

use crate::{
    blobs::BlobKey,
    console::{refused::Refusal, visitor::Visitor},
    query::{self, access::to_task},
    state::App,
    store::{StoreError, Tx},
    view::task::pictures::action,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use firebee_domain::{
    account::Action,
    evidence::PhotoTaken,
    id::{ContentId, FactId, TaskId},
};
use firebee_protocol::fact::Mime;
use std::collections::HashSet;

/// The browser keeps the bytes, which never change, and asks each time whether it may show them: after the sign-out it may
/// not.
const KEPT: &str = "private, no-cache";

/// The bytes. Missing, not verified and forbidden are all 404.
pub(super) async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((task, photo, size)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let photo: FactId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let size: Size = size.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, task, photo, size).await;
    let found: Result<_, StoreError> = app.store.read("read_photo", read).await;
    picture(&app, &headers, found?.ok_or(Refusal::NotFound)?).await
}

/// The bytes of a picture that the visitor may see.
pub(in crate::console) async fn picture(app: &App, headers: &HeaderMap, key: BlobKey) -> Result<Response, Refusal> {
    let tag = format!("\"{}\"", key.id);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == tag.as_bytes()) {
        return Ok(
            (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, KEPT.into())]).into_response()
        );
    }
    let bytes = app.blobs.read(key).await.ok_or(Refusal::NotFound)?;
    let mime = Mime::sniff(&bytes).filter(|mime| mime.is_picture()).ok_or(Refusal::NotFound)?;
    let safe = [
        (header::CONTENT_TYPE, mime.media_type()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"photo\""),
        (header::CACHE_CONTROL, KEPT),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = ([(header::ETAG, tag)], bytes).into_response();
    for (name, value) in safe {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// How large a picture is asked for.
#[derive(Clone, Copy, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub(in crate::console) enum Size {
    Thumb,
    Preview,
    Original,
}

impl Size {
    /// Whether the bytes are those of the camera.
    pub(in crate::console) const fn is_original(self) -> bool {
        matches!(self, Self::Original)
    }

    /// The bytes.
    pub(in crate::console) const fn blob(self, taken: &PhotoTaken) -> ContentId {
        match self {
            Self::Thumb => taken.thumbnail,
            Self::Preview => taken.preview,
            Self::Original => taken.original,
        }
    }
}

async fn find(
    tx: &mut Tx,
    visitor: &Visitor,
    task: TaskId,
    photo: FactId,
    size: Size,
) -> Result<Option<BlobKey>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_task(tx, org, actor, Action::ReadTask, task).await? else { return Ok(None) };
    let Some(document) = query::task::document(tx, org, task).await? else { return Ok(None) };
    let Some(held) = document.task.photos.iter().find(|held| held.fact == photo) else { return Ok(None) };
    let action = action(held.taken.role, document.task.state, size.is_original());
    if !visitor.may(action, &subject) {
        return Ok(None);
    }
    let id = size.blob(&held.taken);
    let verified = query::evidence::verified(tx, org, &HashSet::from([id])).await?;
    Ok(verified.contains(&id).then_some(BlobKey { org, id }))
}
