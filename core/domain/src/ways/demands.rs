//! What a firm asks of a task beyond the rules. A task carries what held for the revision of the assignment that it
//! began on.

use super::{LINES_MAX, PHOTOS_MAX, PHOTOS_MIN, Reviewers, SYSTEMS_MAX, Ways, WitnessWay};
use serde::{Deserialize, Serialize};

/// What a firm asks of a task in addition to the rules. By itself: nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demands {
    /// How many photos an answer needs that does not conform; the rules ask for one.
    #[serde(default = "of_the_rules", skip_serializing_if = "is_of_the_rules")]
    pub photos: u8,
    /// The catalogue codes of the systems whose items each need a photo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photo_systems: Vec<String>,
    /// What the executor confirms before a submission, beside what the rules ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// Whether the owner's witness signs, whatever the project says.
    #[serde(default, skip_serializing_if = "is_not_asked")]
    pub witness: bool,
    /// Who reviews of those whom the rules permit.
    #[serde(default, skip_serializing_if = "is_as_the_rules")]
    pub reviewers: Reviewers,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_as_the_rules(reviewers: &Reviewers) -> bool {
    *reviewers == Reviewers::AsTheRules
}

const fn of_the_rules() -> u8 {
    PHOTOS_MIN
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_of_the_rules(photos: &u8) -> bool {
    *photos == PHOTOS_MIN
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_not_asked(witness: &bool) -> bool {
    !*witness
}

impl Default for Demands {
    fn default() -> Self {
        Self {
            photos: PHOTOS_MIN,
            photo_systems: Vec::new(),
            lines: Vec::new(),
            witness: false,
            reviewers: Reviewers::AsTheRules,
        }
    }
}

impl Demands {
    /// Whether it asks for nothing that the rules do not ask.
    pub fn is_of_the_rules(&self) -> bool {
        *self == Self::default()
    }

    /// Whether its number and its lists are within their limits.
    pub fn is_bounded(&self) -> bool {
        (PHOTOS_MIN..=PHOTOS_MAX).contains(&self.photos)
            && self.photo_systems.len() <= SYSTEMS_MAX
            && self.lines.len() <= LINES_MAX
    }
}

impl Ways {
    /// Whether a new project asks for the owner's witness by itself.
    pub fn asks_new_projects(&self) -> bool {
        self.witness != WitnessWay::EachProject
    }

    /// What the firm asks of the tasks of a project. On a special site nobody takes more photos than the rules ask.
    pub fn demands(&self, special_site: bool) -> Demands {
        let (photos, photo_systems) =
            if special_site { (PHOTOS_MIN, Vec::new()) } else { (self.photos, self.photo_systems.clone()) };
        Demands {
            photos,
            photo_systems,
            lines: self.lines.clone(),
            witness: self.witness == WitnessWay::AllProjects,
            reviewers: self.reviewers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_393_what_asks_for_nothing_is_written_as_nothing() {
        let nothing = Demands::default();
        assert_eq!(serde_json::to_string(&nothing).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<Demands>("{}").unwrap(), nothing);
        assert!(nothing.is_of_the_rules() && nothing.is_bounded());
        assert!(!Demands { photos: 0, ..Demands::default() }.is_bounded());
        assert!(!Demands { photos: PHOTOS_MAX + 1, ..Demands::default() }.is_bounded());
    }

    #[test]
    fn r_302_r_393_a_special_site_is_asked_for_no_further_photo() {
        let ways = Ways {
            photos: 3,
            photo_systems: vec!["fas".into()],
            lines: vec!["keys".into()],
            witness: WitnessWay::AllProjects,
            ..Ways::default()
        };
        let asked = ways.demands(false);
        assert_eq!((asked.photos, asked.photo_systems.len(), asked.lines.len(), asked.witness), (3, 1, 1, true));
        let special = ways.demands(true);
        assert_eq!(
            (special.photos, special.photo_systems.len(), special.lines.len(), special.witness),
            (1, 0, 1, true)
        );
    }
}
