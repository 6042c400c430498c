//! What a firm says of itself in annex 1, and what of it the public reads.

use super::{Organisation, ServiceType};
use crate::text::{self, NAME_MAX, TextError};
use serde::{Deserialize, Serialize};

/// The most characters of an address.
pub const ADDRESS_LENGTH_MAX: u32 = 200;

/// The fields of annex 1 beside name, services and credit code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The legal representative, as on the business licence.
    pub legal_representative: String,
    /// That person's phone. Not public.
    pub legal_phone: String,
    /// The technical director. Not public.
    pub director: String,
    /// That person's phone. Not public.
    pub director_phone: String,
    /// The service phone. Not public.
    pub service_phone: String,
    /// The e-mail address. Not public.
    pub email: String,
    /// The fax number, empty where there is none. Not public.
    pub fax: String,
    /// The registered address, as on the business licence.
    pub address: String,
    /// Who answers for the firm.
    pub contact: String,
    /// That person's phone.
    pub contact_phone: String,
}

/// What the public reads of a firm. It has no other field, so no page can show one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicFirm {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub service_types: Vec<ServiceType>,
    /// Its unified social credit code.
    pub uscc: String,
    /// The legal representative.
    pub legal_representative: String,
    /// The registered address.
    pub address: String,
    /// Who answers for the firm.
    pub contact: String,
    /// That person's phone.
    pub contact_phone: String,
}

impl Profile {
    /// The profile as typed, fit to keep. Only a fax number may be missing.
    ///
    /// # Errors
    /// The name of the first field that cannot be kept, and why.
    pub fn checked(&self) -> Result<Self, (&'static str, TextError)> {
        let name = |field, typed: &str| text::name(typed, NAME_MAX).map_err(|error| (field, error));
        Ok(Self {
            legal_representative: name("legal_representative", &self.legal_representative)?,
            legal_phone: name("legal_phone", &self.legal_phone)?,
            director: name("director", &self.director)?,
            director_phone: name("director_phone", &self.director_phone)?,
            service_phone: name("service_phone", &self.service_phone)?,
            email: name("email", &self.email)?,
            fax: text::line(&self.fax, NAME_MAX).map_err(|error| ("fax", error))?,
            address: text::name(&self.address, ADDRESS_LENGTH_MAX).map_err(|error| ("address", error))?,
            contact: name("contact", &self.contact)?,
            contact_phone: name("contact_phone", &self.contact_phone)?,
        })
    }
}

impl Organisation {
    /// what the public reads of the firm.
    pub fn public(&self) -> PublicFirm {
        let profile = self.profile.clone().unwrap_or_default();
        PublicFirm {
            name: self.name.clone(),
            service_types: self.service_types.clone(),
            uscc: self.uscc.clone(),
            legal_representative: profile.legal_representative,
            address: profile.address,
            contact: profile.contact,
            contact_phone: profile.contact_phone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::tests::organisation;

    fn profile() -> Profile {
        let of = str::to_owned;
        Profile {
            legal_representative: of("赵某"),
            legal_phone: of("secret-1"),
            director: of("secret-2"),
            director_phone: of("secret-3"),
            service_phone: of("secret-4"),
            email: of("secret-5"),
            fax: of("secret-6"),
            address: of("西宁市某街1号"),
            contact: of("赵某某"),
            contact_phone: of("13912345678"),
        }
    }

    /// annex 1 is filled in; only the fax may be missing.
    #[test]
    fn r_004_a_profile_without_a_field_is_refused() {
        assert_eq!(profile().checked(), Ok(profile()));
        assert!(Profile { fax: String::new(), ..profile() }.checked().is_ok());
        assert_eq!(
            Profile { director_phone: " ".into(), ..profile() }.checked(),
            Err(("director_phone", TextError::Empty))
        );
    }

    /// nothing else of a firm leaves it.
    #[test]
    fn r_007_the_public_reads_seven_fields_and_no_other() {
        let public = crate::organisation::Organisation { profile: Some(profile()), ..organisation() }.public();
        let said = serde_json::to_string(&public).unwrap();
        assert!(said.contains("赵某某") && said.contains("13912345678") && said.contains("西宁市某街1号"));
        assert!(!said.contains("secret") && !said.contains("QH-001"), "{said}");
    }
}
