//! How a phone is told to keep the app running. Each maker hides it elsewhere.

use firebee_protocol::text::{Language, Text, say};

/// The makers whose phones end an app that is not seen, by a part of the word that their phones give for them.
const MAKERS: [(&str, Text); 9] = [
    ("xiaomi", Text::AppGuideXiaomi),
    ("redmi", Text::AppGuideXiaomi),
    ("poco", Text::AppGuideXiaomi),
    ("huawei", Text::AppGuideHuawei),
    ("honor", Text::AppGuideHonor),
    ("oppo", Text::AppGuideOppo),
    ("realme", Text::AppGuideOppo),
    ("oneplus", Text::AppGuideOppo),
    ("vivo", Text::AppGuideVivo),
];

/// What to set on a phone of this maker, step by step: what its maker asks for, then what every phone asks for.
#[must_use]
pub fn guide(maker: &str, language: Language) -> Vec<String> {
    let maker = maker.to_lowercase();
    let own = MAKERS.iter().find(|(part, _)| maker.contains(part)).map(|(_, text)| *text);
    own.into_iter().chain([Text::AppGuideUnrestricted, Text::AppGuideLock]).map(|text| say(language, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maker_of_the_phone_says_the_first_step() {
        let steps = |maker| guide(maker, Language::Zh);
        let anybody = steps("Nokia");
        assert_eq!(anybody.len(), 2);
        for maker in ["Xiaomi", "Redmi", "HUAWEI", "HONOR", "OPPO", "realme", "OnePlus", "vivo"] {
            let own = steps(maker);
            assert_eq!(own[1..], anybody, "{maker}");
            assert_ne!(own[0], guide(maker, Language::En)[0], "{maker}");
        }
        assert_ne!(steps("HUAWEI")[0], steps("HONOR")[0]);
    }
}
