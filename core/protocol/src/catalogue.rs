//! Catalogue packs. A pack is one edition of the catalogue, named by the hash of its bytes. A plan pins its pack, so
//! phone and server judge by the same bytes.

use firebee_domain::{
    catalogue::{Catalogue, Defect, validate},
    code::Code,
    id::ContentId,
    spelling::Spelled,
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{LazyLock, OnceLock},
};

/// The most bytes a pack may have.
pub const PACK_BYTES_MAX: usize = 8 << 20;

/// The id of the pack that is built in, as text: `sha256-` and 64 lower-case hex digits.
const EMBEDDED_ID: &str = env!("FIREBEE_CATALOGUE_ID");

/// The bytes of the built-in pack, as `GET /v1/catalogues/{id}` sends them.
pub const EMBEDDED_BYTES: &[u8] = include_bytes!("../../domain/catalogue.json");

#[expect(clippy::expect_used, reason = "the build read, validated and hashed these very bytes")]
static EMBEDDED: LazyLock<Pack> = LazyLock::new(|| {
    let catalogue = serde_json::from_slice(EMBEDDED_BYTES).expect("the build has read this catalogue");
    Pack { id: EMBEDDED_ID.parse().expect("the build has written this id"), catalogue }
});

/// An edition of the catalogue with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The SHA-256 of the file's bytes: what plans, facts and documents name.
    pub id: ContentId,
    /// What the file says.
    pub catalogue: Catalogue,
}

/// The forms under which lists find each facility, by its Chinese name. They are made when they are first asked for: every
/// task that is kept asks for those of its items, and pinyin takes longer than the rest of its row.
static FACILITY_FORMS: LazyLock<BTreeMap<&'static str, OnceLock<String>>> =
    LazyLock::new(|| EMBEDDED.catalogue.items().map(|found| (found.facility.name.as_str(), OnceLock::new())).collect());

/// How lists sort and find what has these names and was done at these items of the catalogue: it sorts by the first name, and
/// is found by all of them and by the Chinese names of the facilities. Editions keep the codes of those before them,
/// so the built-in one knows the facilities of every plan.
pub fn spelled_at<'n, 'i>(
    names: impl IntoIterator<Item = &'n str>,
    item_ids: impl IntoIterator<Item = &'i str>,
) -> Spelled {
    let mut all = Spelled::of_all(names);
    let name = |id| Some(EMBEDDED.catalogue.item(id)?.facility.name.as_str());
    let facilities: BTreeSet<&'static str> = item_ids.into_iter().filter_map(name).collect();
    for name in facilities {
        let forms = || Spelled::of(name).find;
        all.find.push(' ');
        match FACILITY_FORMS.get(name) {
            Some(held) => all.find.push_str(held.get_or_init(forms)),
            None => all.find.push_str(&forms()),
        }
    }
    all
}

/// Why bytes are no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// More than [`PACK_BYTES_MAX`] bytes.
    #[error("the catalogue pack has more than {PACK_BYTES_MAX} bytes")]
    TooLarge,
    /// Not the JSON of a catalogue.
    #[error("the bytes are not the JSON of a catalogue")]
    Malformed(#[source] serde_json::Error),
    /// The catalogue breaks its format. All defects are listed.
    #[error("the catalogue has {} defects", .0.len())]
    Unsound(Vec<Defect>),
    /// Other bytes than those that were asked for.
    #[error("the catalogue pack is not the one that was asked for")]
    OtherPack {
        /// The id of the bytes.
        found: ContentId,
    },
}

impl PackError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::TooLarge => Code::CatalogueTooLarge,
            Self::Malformed(_) => Code::CatalogueMalformed,
            Self::Unsound(_) => Code::CatalogueUnsound,
            Self::OtherPack { .. } => Code::CatalogueHashMismatch,
        }
    }
}

impl Pack {
    /// Reads and validates a pack of any origin.
    pub fn parse(bytes: &[u8]) -> Result<Self, PackError> {
        if bytes.len() > PACK_BYTES_MAX {
            return Err(PackError::TooLarge);
        }
        let catalogue: Catalogue = serde_json::from_slice(bytes).map_err(PackError::Malformed)?;
        let defects = validate(&catalogue);
        if !defects.is_empty() {
            return Err(PackError::Unsound(defects));
        }
        Ok(Self { id: content_id(bytes), catalogue })
    }

    /// Reads the pack that a plan names. Bytes with another hash are refused before they are parsed.
    pub fn parse_named(id: ContentId, bytes: &[u8]) -> Result<Self, PackError> {
        if bytes.len() > PACK_BYTES_MAX {
            return Err(PackError::TooLarge);
        }
        match content_id(bytes) {
            found if found == id => Self::parse(bytes),
            found => Err(PackError::OtherPack { found }),
        }
    }

    /// The pack that is built in: validated by the build, read at first use.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }
}

/// The content id of bytes.
fn content_id(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_387_what_was_done_at_an_item_is_found_by_its_names_and_by_its_facility() {
        let ids = ["power-genset.a", "power-panel.a", "power-genset.b", "no-such.a"];
        let (genset, panel) = ("自备发电机组", "消防配电柜(箱)");
        let facility = |id| EMBEDDED.catalogue.item(id).unwrap().facility.name.as_str();
        let expected = Spelled::of_all(["主楼", "王芳", facility(ids[0]), facility(ids[1])]);
        for _ in 0..2 {
            let found = spelled_at(["主楼", "王芳"], ids);
            assert_eq!(found.sort, expected.sort);
            let forms = |of: &str| of.split(' ').map(str::to_owned).collect::<BTreeSet<String>>();
            assert_eq!(forms(&found.find), forms(&expected.find), "each facility once, whether spelled before or not");
        }
        assert_eq!((facility(ids[0]), facility(ids[1])), (genset, panel));
    }

    fn changed(from: &str, to: &str) -> Vec<u8> {
        let text = std::str::from_utf8(EMBEDDED_BYTES).unwrap();
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    }

    #[test]
    fn the_embedded_pack_is_what_its_bytes_parse_to() {
        let parsed = Pack::parse(EMBEDDED_BYTES).unwrap();
        assert!(&parsed == Pack::embedded());
        assert_eq!(parsed.id.to_string(), EMBEDDED_ID);
        assert!(Pack::parse_named(parsed.id, EMBEDDED_BYTES).is_ok());
    }

    /// The id is the hash of the bytes: one more space makes another pack with the same meaning.
    #[test]
    fn a_pack_is_known_by_its_bytes() {
        let spaced = [EMBEDDED_BYTES, b" "].concat();
        let other = Pack::parse(&spaced).unwrap();
        assert!(other.catalogue == Pack::embedded().catalogue && other.id != Pack::embedded().id);
        let refused = Pack::parse_named(Pack::embedded().id, &spaced).unwrap_err();
        assert_eq!(refused.code(), Code::CatalogueHashMismatch);
    }

    #[test]
    fn a_pack_that_breaks_its_format_is_refused_with_its_defects() {
        let broken = changed("\"title_en\": \"Catalogue", "\"title_en\": \"\", \"was\": \"Catalogue");
        assert_eq!(Pack::parse(&broken).unwrap_err().code(), Code::CatalogueUnsound);
        let Err(PackError::Unsound(defects)) = Pack::parse(&broken) else { panic!("accepted") };
        let told: Vec<String> = defects.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["catalogue.title_en: is empty"]);
    }

    #[test]
    fn what_is_no_catalogue_or_too_large_is_refused() {
        assert_eq!(Pack::parse(b"[]").unwrap_err().code(), Code::CatalogueMalformed);
        assert_eq!(Pack::parse(b"").unwrap_err().code(), Code::CatalogueMalformed);
        let padded = [EMBEDDED_BYTES, &vec![b' '; PACK_BYTES_MAX]].concat();
        assert_eq!(Pack::parse(&padded).unwrap_err().code(), Code::CatalogueTooLarge);
        let text = std::str::from_utf8(EMBEDDED_BYTES).unwrap().trim_end();
        let full = format!("{text}{}", " ".repeat(PACK_BYTES_MAX - text.len()));
        assert!(Pack::parse(full.as_bytes()).is_ok(), "the limit itself is allowed");
    }
}
