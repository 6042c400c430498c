//! Training: a project in which people practise with the accounts that they have. Nothing of it is valid.

use super::{PROJECT_TEXT_LENGTH_MAX, Project};

/// What the name of every training project begins with, so that each page, phone and document that names it says what it is:
/// the Chinese word for training in lenticular brackets. It is part of a name and the same in every language.
pub const TRAINING_MARK: &str = "\u{3010}\u{57f9}\u{8bad}\u{3011}";

/// The name of a project as it is kept: that of a training project begins with the mark, once, and no other name does.
pub fn marked(name: &str, training: bool) -> String {
    let mut plain = name;
    while let Some(rest) = plain.strip_prefix(TRAINING_MARK) {
        plain = rest.trim_start();
    }
    if !training {
        return plain.to_owned();
    }
    // The mark is kept and the end is cut, because the field takes only so many characters.
    format!("{TRAINING_MARK}{plain}").chars().take(PROJECT_TEXT_LENGTH_MAX as usize).collect()
}

/// whether the owner is shown the project with what belongs to it.
pub const fn is_shown_to_owner(project: &Project) -> bool {
    !project.training
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::project::due_months;

    /// the name of a training project says so, and nobody names a real one like it.
    #[test]
    fn r_014_the_name_of_a_training_project_says_so() {
        assert_eq!(marked("中仪大厦", true), "【培训】中仪大厦");
        assert_eq!(marked("【培训】【培训】 中仪大厦", true), "【培训】中仪大厦");
        assert_eq!(marked("【培训】中仪大厦", false), "中仪大厦");
        let long = marked(&"长".repeat(200), true);
        assert!(long.starts_with(TRAINING_MARK) && long.chars().count() == 200);
    }

    /// a training project owes nothing, so it is in no statistics, and its owner does not see it.
    #[test]
    fn r_014_a_training_project_owes_nothing_and_is_not_the_owners() {
        let training = Project { training: true, ..project() };
        assert!(due_months(&training, &[]).is_empty() && !due_months(&project(), &[]).is_empty());
        assert!(!is_shown_to_owner(&training) && is_shown_to_owner(&project()));
    }
}
