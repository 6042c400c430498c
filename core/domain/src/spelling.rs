//! How names are found and sorted in lists: by their characters, by their pinyin, by the initials of it.
//!
//! A row keeps [`Spelled`] of its name, so a list compares texts and never asks for pinyin again.

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

/// The most ways to read a whole name that are all found. A name with more is found by its usual reading, and by each other
/// reading of a character among its neighbours.
const WHOLE_MAX: usize = 64;
/// How many syllables before a character stand beside another reading of it.
const BEFORE: usize = 3;
/// How many syllables behind a character stand beside another reading of it.
const BEHIND: usize = 6;

/// A name as lists sort and find it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelled {
    /// What the order by name compares, byte by byte: each character's pinyin with its tone, as `zhong4 qing4`.
    pub sort: String,
    /// What is searched: the forms of the name, a space between two. A search finds the name when each of its [`words`]
    /// stands within it.
    pub find: String,
}

impl Spelled {
    /// The spelling of a name.
    pub fn of(name: &str) -> Self {
        let folded: Vec<char> = fold(name).collect();
        let mut sort = String::new();
        for char in &folded {
            match char.to_pinyin() {
                Some(pinyin) => {
                    if !sort.is_empty() && !sort.ends_with(' ') {
                        sort.push(' ');
                    }
                    sort.push_str(&typed(pinyin.with_tone_num_end()));
                    sort.push(' ');
                }
                None => sort.push(*char),
            }
        }
        Self { sort: sort.trim_end().to_owned(), find: forms(&folded) }
    }

    /// The spelling of several names that are searched as one; it sorts by the first.
    pub fn of_all<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names = names.into_iter().map(Self::of);
        let mut all = names.next().unwrap_or_default();
        for Self { find, .. } in names {
            all.find.push(' ');
            all.find.push_str(&find);
        }
        all
    }
}

/// The initials of a name by the usual reading of each character, in small letters; what has no reading is left out unless it
/// is a letter or a digit.
pub fn initials(name: &str) -> String {
    let letter = |char: char| match char.to_pinyin() {
        Some(pinyin) => typed(pinyin.plain()).chars().next(),
        None => char.is_ascii_alphanumeric().then_some(char),
    };
    fold(name).filter_map(letter).collect()
}

/// The words of a search, folded as names are. A name is found when it holds all of them.
pub fn words(search: &str) -> Vec<String> {
    fold(search).collect::<String>().split_whitespace().map(str::to_owned).collect()
}

/// Small letters of one width. `ü` becomes the `v` that keyboards have for it.
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_lowercase).map(|char| if char == 'ü' { 'v' } else { char })
}

fn typed(syllable: &str) -> String {
    syllable.replace('ü', "v")
}

/// A character with the ways to read it; what has no reading stands as it is.
struct Sounded {
    char: char,
    is_read: bool,
    /// Its usual reading.
    usual: String,
    /// Its other readings, each once. What is spelled with `v` is also typed with `u`.
    others: Vec<String>,
}

impl Sounded {
    fn of(char: char) -> Self {
        let Some(pinyin) = char.to_pinyin() else {
            return Self { char, is_read: false, usual: char.to_string(), others: Vec::new() };
        };
        let usual = typed(pinyin.plain());
        let mut others: Vec<String> = Vec::new();
        let spelled = char.to_pinyin_multi().into_iter().flatten().map(|pinyin| typed(pinyin.plain()));
        for other in spelled.flat_map(|reading| [reading.replace('v', "u"), reading]) {
            if other != usual && !others.contains(&other) {
                others.push(other);
            }
        }
        Self { char, is_read: true, usual, others }
    }

    /// Adds one of its readings to a form.
    fn join(&self, form: &mut Form, reading: &str) {
        form.whole.push_str(reading);
        form.initials.push(reading.chars().next().filter(|_| self.is_read).unwrap_or(self.char));
    }
}

/// One way to read a name: in full, and by initials.
#[derive(Clone, Default)]
struct Form {
    whole: String,
    initials: String,
}

impl Form {
    fn of<'s>(read: impl IntoIterator<Item = (&'s Sounded, &'s str)>) -> Self {
        let mut form = Self::default();
        for (sounded, reading) in read {
            sounded.join(&mut form, reading);
        }
        form
    }
}

/// The forms under which a name is found: its characters, and every way to read it, in full and by initials. Where these are
/// too many: its usual reading, and for each character that is also read otherwise, that reading among its neighbours. White
/// space stands in none of them, so that a name is found with and without it.
fn forms(folded: &[char]) -> String {
    let chars = folded.iter().copied().filter(|char| !char.is_whitespace());
    let name: Vec<Sounded> = chars.map(Sounded::of).collect();
    let usual = Form::of(name.iter().map(|sounded| (sounded, sounded.usual.as_str())));
    let readings = std::iter::once(usual).chain(whole(&name).unwrap_or_else(|| parts(&name)));
    let mut known: Vec<String> = Vec::new();
    let characters = name.iter().map(|sounded| sounded.char).collect();
    for form in std::iter::once(characters).chain(readings.flat_map(|form| [form.whole, form.initials])) {
        if !known.iter().any(|longer| longer.contains(&form)) {
            known.push(form);
        }
    }
    known.join(" ")
}

/// Every way to read a name, the usual one first. `None` when they are more than [`WHOLE_MAX`].
fn whole(name: &[Sounded]) -> Option<Vec<Form>> {
    let more =
        |ways: usize, sounded: &Sounded| Some(ways * (1 + sounded.others.len())).filter(|ways| *ways <= WHOLE_MAX);
    name.iter().try_fold(1, more)?;
    let mut ways = vec![Form::default()];
    for sounded in name {
        let before = if sounded.others.is_empty() { Vec::new() } else { ways.clone() };
        ways.iter_mut().for_each(|way| sounded.join(way, &sounded.usual));
        for other in &sounded.others {
            ways.extend(before.iter().cloned().map(|mut way| {
                sounded.join(&mut way, other);
                way
            }));
        }
    }
    Some(ways)
}

/// Each other reading of a character among its neighbours.
fn parts(name: &[Sounded]) -> Vec<Form> {
    let mut forms = Vec::new();
    for (at, sounded) in name.iter().enumerate() {
        let from = at.saturating_sub(BEFORE);
        let around = || name.iter().enumerate().skip(from).take(at - from + 1 + BEHIND);
        for other in &sounded.others {
            forms.push(Form::of(
                around().map(|(place, near)| (near, if place == at { other } else { &near.usual }.as_str())),
            ));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(name: &str, search: &str) -> bool {
        let spelled = Spelled::of(name);
        words(search).iter().all(|word| spelled.find.contains(word))
    }

    #[test]
    fn r_387_a_name_is_found_by_its_characters_its_pinyin_and_its_initials() {
        for search in
            ["消防泵房", "防泵", "xiaofangbengfang", "bengf", "xfbf", "XFBF", "ｘｆｂｆ", "xfbf2", "泵房 2号楼"]
        {
            assert!(is_found("消防泵房 2号楼", search), "{search}");
        }
        for search in ["泵房3", "xfqf", "beng fang 3", "消防水"] {
            assert!(!is_found("消防泵房 2号楼", search), "{search}");
        }
        assert!(is_found("A座 2号楼", "a座2号"));
        assert!(is_found("anything", ""), "an empty search admits all");
    }

    #[test]
    fn r_387_a_character_with_several_readings_is_found_by_each() {
        for (name, searches) in [
            ("重庆大厦", ["chongqing", "cqds", "zqds", "chongqingdasha"]),
            ("长沙分公司", ["changsha", "csfgs", "zhangsha", "csf"]),
            ("曾国强", ["zeng", "zgq", "ceng", "zengguoqiang"]),
            ("中国工商银行", ["zggsyh", "zhongguogongshangyinhang", "zggsyx", "gsyh"]),
            ("重庆银行", ["cqyh", "chongqingyinhang", "zqyx", "zhongqingyinhang"]),
            ("长安银行", ["cayh", "changanyinhang", "zayh", "yinhang"]),
            ("绿地中心", ["lvdi", "ludi", "ldzx", "LÜDI"]),
        ] {
            for search in searches {
                assert!(is_found(name, search), "{name} by {search}: {}", Spelled::of(name).find);
            }
        }
    }

    #[test]
    fn r_387_a_name_of_too_many_readings_is_found_by_its_usual_one_and_by_each_other_in_part() {
        let name = "重庆银行重庆银行重庆银行重庆银行";
        let Spelled { find, .. } = Spelled::of(name);
        assert!(find.len() < 100 * name.len(), "{}", find.len());
        for search in ["zqyxzqyxzqyxzqyx", "yinhang", "chongqing", "yinhangzhongqing"] {
            assert!(is_found(name, search), "{search}: {find}");
        }
    }

    #[test]
    fn r_387_names_are_sorted_by_pinyin_a_shorter_syllable_first_and_tones_in_their_order() {
        let mut names = ["中意大厦", "西安路", "现代城", "妈祖庙", "马家", "阿房宫", "10号楼", "Zone", "安宁"];
        names.sort_by_key(|name| Spelled::of(name).sort);
        assert_eq!(names, ["10号楼", "阿房宫", "安宁", "妈祖庙", "马家", "西安路", "现代城", "中意大厦", "Zone"]);
    }

    #[test]
    fn several_names_are_searched_as_one_and_sort_by_the_first() {
        let all = Spelled::of_all(["主楼", "王芳"]);
        assert_eq!(all.sort, Spelled::of("主楼").sort);
        assert!(words("wf zhulou").iter().all(|word| all.find.contains(word)), "{}", all.find);
        assert_eq!(Spelled::of_all([]), Spelled::default());
    }
}
