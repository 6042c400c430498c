//! A line that this version writes too: its kind is known and stands before its body, so the body is read where it stands.

use super::{BlobRef, Body, Fact, Kind, Subject};
use firebee_domain::{
    id::{AccountId, FactId, ProjectId},
    time::Captured,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

/// The fact of such a line. Any other line, and one whose body is refused, is an error; [`parse`](super::parse) then finds
/// out what it is.
pub(super) struct Usual(pub(super) Fact);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Project,
    Id,
    Kind,
    V,
    Account,
    Captured,
    Subject,
    Blobs,
    Body,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Usual {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Members).map(Self)
    }
}

struct Members;

/// A member that must be there.
fn there<T, E: Error>(member: Option<T>) -> Result<T, E> {
    member.ok_or_else(|| E::custom("a member is missing"))
}

impl<'de> Visitor<'de> for Members {
    type Value = Fact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fact")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fact, A::Error> {
        let (mut project, mut id, mut kind, mut v) = (None::<Option<ProjectId>>, None::<FactId>, None::<String>, None);
        let (mut account, mut captured) = (None::<AccountId>, None::<Captured>);
        let (mut subject, mut blobs, mut body) = (None::<Subject>, None::<Vec<BlobRef>>, None);
        while let Some(member) = map.next_key()? {
            match member {
                Member::Project => project = Some(map.next_value()?),
                Member::Id => id = Some(map.next_value()?),
                Member::Kind => kind = Some(map.next_value()?),
                Member::V => v = Some(map.next_value::<u32>()?),
                Member::Account => account = Some(map.next_value()?),
                Member::Captured => captured = Some(map.next_value()?),
                Member::Subject => subject = Some(map.next_value()?),
                Member::Blobs => blobs = Some(map.next_value()?),
                Member::Body => {
                    let known = kind.as_ref().and_then(|kind| kind.parse::<Kind>().ok());
                    let known = there(known.filter(|kind| Some(kind.version()) == v))?;
                    body = Some(map.next_value_seed(BodyOf(known))?);
                }
                Member::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Fact {
            project: there(project)?,
            id: there(id)?,
            kind: there(kind)?,
            v: there(v)?,
            account: there(account)?,
            captured: there(captured)?,
            subject: there(subject)?,
            blobs: there(blobs)?,
            body: Ok(there(body)?),
        })
    }
}

/// Reads the body of a kind.
struct BodyOf(Kind);

impl<'de> DeserializeSeed<'de> for BodyOf {
    type Value = Body;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Body, D::Error> {
        Body::read(self.0, from).map_err(Error::custom)
    }
}
