//! The signed-in person, for the first screen and the settings.

use super::{Act, Screens};
use crate::{
    core::{Core, Kept},
    journal::{ClaimState, JournalError, JournalRows, Session},
    work::Trouble,
};
use firebee_domain::{account::Role, code::Code};
use firebee_protocol::text::{Arg, Chip, Language, Shape, Text, Tone, say, word};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The holder's name, once the account has been pulled.
    pub person: Option<String>,
    /// The login as typed; it fills the field of the next sign-in.
    pub login: Option<String>,
    /// What the holder is, once the account has been pulled.
    pub role_word: Option<String>,
    /// Whether the holder leads a project.
    pub leads: bool,
    /// The organisation, once the account has been pulled.
    pub organisation: Option<String>,
    /// How far signing in is.
    pub state: Chip,
    /// Recording work.
    pub may_record: Act,
    /// Signing out.
    pub sign_out: Act,
    /// Erasing everything that this phone keeps of the account.
    pub wipe: Act,
}

/// What the pulled account says.
struct Known {
    person: String,
    role: Role,
    leads: bool,
    organisation: String,
}

impl Screens {
    /// The account's screen. It exists also before anybody is signed in, and before anything was pulled.
    ///
    /// # Errors
    /// The stores cannot be read.
    pub fn me(&self) -> Result<Me, Trouble> {
        let (desk, language) = (&self.0, self.0.language());
        let session = desk.journal.read::<_, JournalError>("me", |rows| rows.session())?;
        let known = match desk.look::<_, Trouble>(|eyes| {
            Ok(Known {
                person: eyes.papers.session.name.clone(),
                role: eyes.papers.session.category.into(),
                leads: eyes.papers.projects.values().any(|held| eyes.leads(held)),
                organisation: eyes.papers.session.organisation_name.clone(),
            })
        }) {
            Ok(known) => Some(known),
            Err(Trouble::NotSignedIn) => None,
            Err(trouble) => return Err(trouble),
        };
        let lost = session.as_ref().and_then(Session::lost);
        let may_record = match (&known, desk.journal.may_capture()) {
            _ if lost.is_some() => Act::refused(language, lost.unwrap_or(Code::Fenced), &[]),
            (_, Err(error)) => Act::refused(language, error.code(), &[]),
            (None, Ok(())) => Act::refused(language, Trouble::NotSignedIn.code(), &[]),
            (Some(_), Ok(())) => Act::open(),
        };
        Ok(Me {
            login: session.as_ref().map(|held| held.login.clone()),
            leads: known.as_ref().is_some_and(|known| known.leads),
            role_word: known.as_ref().map(|known| word::role(language, known.role)),
            organisation: known.as_ref().map(|known| known.organisation.clone()),
            person: known.map(|known| known.person),
            state: chip(language, session.as_ref()),
            wipe: desk.journal.read("wipe_act", |rows| wipe(desk, rows, language))?,
            may_record,
            sign_out: sign_out(desk, language, session.as_ref())?,
        })
    }
}

fn chip(language: Language, session: Option<&Session>) -> Chip {
    let (tone, shape, text) = match session.map(|held| held.state) {
        Some(ClaimState::SignedIn) if session.is_some_and(|held| held.lost().is_some()) => {
            (Tone::Late, Shape::Back, Text::PhoneLost)
        }
        Some(ClaimState::SignedIn) => (Tone::Conform, Shape::Check, Text::PhoneSignedIn),
        Some(ClaimState::Asking) => (Tone::Waiting, Shape::Clock, Text::PhoneSigningIn),
        Some(ClaimState::Released) | None => (Tone::Untestable, Shape::Circle, Text::PhoneSignedOut),
    };
    Chip::of(language, tone, shape, text)
}

/// Refused while the phone works with the account, and until everything is safe on the server.
pub(super) fn wipe(core: &Core, rows: &JournalRows<'_>, language: Language) -> Result<Act, Trouble> {
    Ok(match core.kept(rows)? {
        None => Act::open().then(say(language, Text::PhoneWipeConsequence)),
        Some(Kept::Unsent(unsent)) => {
            let values = [("facts", Arg::from(unsent.facts)), ("blobs", Arg::from(unsent.blobs))];
            Act::refused(language, Code::UnsentData, &values)
        }
        Some(kept) => Act::refused(language, kept.code(), &[]),
    })
}

/// Refused while anything on this phone is unsent, or a track runs.
fn sign_out(core: &Core, language: Language, session: Option<&Session>) -> Result<Act, Trouble> {
    if session.is_none_or(|held| held.state != ClaimState::SignedIn) {
        return Ok(Act::refused(language, Trouble::NotSignedIn.code(), &[]));
    }
    let (runs, facts, blobs) = core.journal.read::<_, JournalError>("sign_out_act", |rows| {
        let (facts, blobs) = rows.unsent(core.journal.identity())?;
        let runs = rows.open_track()?.is_some() || rows.fix_count()? > 0;
        Ok((runs, facts, blobs))
    })?;
    Ok(if runs || !core.in_hand().is_empty() {
        Act::refused(language, Code::TrackRunning, &[])
    } else if facts > 0 || blobs > 0 {
        Act::refused(language, Code::UnsentData, &[("facts", Arg::from(facts)), ("blobs", Arg::from(blobs))])
    } else {
        Act::open().then(say(language, Text::PhoneSignOutConsequence))
    })
}
