//! From a message and its values to a sentence.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::{Arg, Language};

type Bundle = FluentBundle<FluentResource>;

/// The sentences of one package in both languages.
pub struct Catalogue {
    zh: Bundle,
    en: Bundle,
}

impl Catalogue {
    /// Reads what the build has checked.
    #[must_use]
    pub fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh: bundle(Language::Zh, zh), en: bundle(Language::En, en) }
    }
}

/// A message of a package's catalogue. The build implements it for the enum that it writes.
pub trait Message: Copy + 'static {
    /// Every message, in the order of its keys.
    const ALL: &'static [Self];

    /// The key of the message in its catalogue, such as `problem-too-large`.
    fn key(self) -> &'static str;

    /// The names that [`say_with`] fills in; both languages use the same ones.
    fn variables(self) -> &'static [&'static str];

    /// The sentences of its package.
    fn catalogue() -> &'static Catalogue;
}

/// A message that has nothing to fill in.
#[must_use]
pub fn say(language: Language, text: impl Message) -> String {
    say_with(language, text, &[])
}

/// A message with its values. A missing value shows as its name in braces; a superfluous one is ignored.
#[must_use]
pub fn say_with<M: Message>(language: Language, text: M, values: &[(&str, Arg<'_>)]) -> String {
    let catalogue = M::catalogue();
    let bundle = match language {
        Language::Zh => &catalogue.zh,
        Language::En => &catalogue.en,
    };
    let args: FluentArgs<'_> = values.iter().map(|(name, arg)| (*name, arg)).collect();
    match bundle.get_message(text.key()).and_then(|message| message.value()) {
        Some(pattern) => bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned(),
        // The build refuses a catalogue in which this could happen; a key is still better than a crash.
        None => text.key().to_owned(),
    }
}

fn bundle(language: Language, source: &'static str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
    // The marks that isolate a value's writing direction would land in hashes, CSV files and logs.
    bundle.set_use_isolating(false);
    // The build refuses a file with defects. Should one come here all the same, what could be read is used.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let _ = bundle.add_resource(resource);
    bundle
}
