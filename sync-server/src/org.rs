//! A firm among the firms of one server.

use firebee_domain::id::OrganisationId;

/// A firm: the small number that begins every key of its rows, and the id by which the world knows it.
///
/// The server reads it from its own rows, once a request: from those of a token, of a console session or of a login. No
/// request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Org {
    number: i64,
    id: OrganisationId,
}

impl Org {
    pub(crate) const fn new(number: i64, id: OrganisationId) -> Self {
        Self { number, id }
    }

    /// The number in its rows, from 1. It never leaves the server.
    pub const fn number(self) -> i64 {
        self.number
    }

    /// The id of the organisation, as documents, folders and people's records have it.
    pub const fn id(self) -> OrganisationId {
        self.id
    }
}
