//! The form of an item while it is filled in: questions, limits, the proposed verdict, and the inputs that each verdict
//! needs.

use super::{Act, FieldNote, reading::Reading};
use crate::work::{
    TaskView,
    task::{Draft, FormError, RecordResultError, Weighed, compose},
};
use firebee_domain::{
    account::Action,
    catalogue::{Choice, Field, FieldKind, FieldValue, Item, ItemRef, Pick, Source, Variant, limit_text},
    ordinals::Ordinals,
    project::{DESIGN_VARIANT, DesignValue, designed},
    result::{ResultKey, ResultRecorded, Verdict},
    submission::photos_lacking,
};
use firebee_protocol::{
    catalogue::Pack,
    text::tongue,
    text::{Arg, Chip, Text, named, word},
};

/// The form of one instance of an item with its present values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// What it is filled with.
    pub draft: Draft,
    /// The questions in order: the one whose answer decides what may follow stands first, and alone until it is answered
    /// . Questions that the variant in force does not ask are left out.
    pub questions: Vec<Question>,
    /// The variants, where a person chooses one.
    pub variant: Option<VariantPick>,
    /// What the values propose.
    pub proposed: Option<ProposedVerdict>,
    /// The verdicts that are offered, each with what it asks for.
    pub verdicts: Vec<VerdictChoice>,
    /// The measured record that would be stored, in Chinese; `None` while there is no verdict.
    pub sentence: Option<String>,
    /// From which other item the values were taken over, where the same thing is measured there; a person checks them.
    pub taken_over: Option<String>,
    /// Why a photo is needed; `None` when no photo is missing.
    pub photo: Option<String>,
    /// What was found that concerns no single question.
    pub notes: Vec<FieldNote>,
    /// Recording it.
    pub save: Act,
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its key within the item.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What is entered.
    pub value: Option<String>,
    /// How it is answered.
    pub input: Input,
    /// The limit, with its unit.
    pub limit: Option<String>,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// The value that the design prescribes.
    pub from_design: Option<String>,
    /// The value that was entered last for the same question in this task.
    pub last_used: Option<String>,
    /// What is to be said of the value.
    pub note: Option<FieldNote>,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// With a number.
    Number(NumberInput),
    /// With one of several options.
    Pick(PickInput),
    /// With yes (`true`) or no (`false`).
    YesNo(YesNoInput),
    /// With words.
    Words,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberInput {
    /// The unit.
    pub unit: String,
    /// How many places it may have.
    pub decimals: i32,
    /// Whether it may be below zero.
    pub negative: bool,
}

/// Options to pick from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickInput {
    /// In the order of the form.
    pub options: Vec<PickOption>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickOption {
    /// The value that is recorded.
    pub value: String,
    /// Its label.
    pub label: String,
}

/// The words for yes and no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YesNoInput {
    /// The word for `true`.
    pub yes: String,
    /// The word for `false`.
    pub no: String,
}

/// The variants of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantPick {
    /// In the order of the form; the value is the variant's key.
    pub options: Vec<PickOption>,
    /// The key of the one chosen.
    pub chosen: Option<String>,
}

/// A proposed verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedVerdict {
    /// Which.
    pub verdict: Verdict,
    /// In words, shape and colour.
    pub chip: Chip,
}

/// A verdict that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictChoice {
    /// Which.
    pub verdict: Verdict,
    /// In words, shape and colour.
    pub chip: Chip,
    /// Whether it counts now: chosen or, without a choice, proposed.
    pub chosen: bool,
    /// The label of the reason that it asks for.
    pub asks_reason: Option<String>,
    /// The reasons to pick from; the value is a reason's code. Empty where none is asked.
    pub reasons: Vec<PickOption>,
    /// The label of the field for the defect.
    pub asks_fault: Option<String>,
    /// The parts to pick from; free text fits as well.
    pub parts: Vec<PickOption>,
    /// The defects to pick from; free text fits as well.
    pub defects: Vec<PickOption>,
}

/// The answer to the item at which the same thing is measured, in this task and at the same instance.
fn elsewhere<'v>(
    view: &'v TaskView,
    pack: &'v Pack,
    found: ItemRef<'_>,
    key: ResultKey,
) -> Option<(&'v Item, &'v ResultRecorded)> {
    let other = pack.catalogue.item(found.item.measured_at.as_deref()?)?;
    let issued = view.task.items.iter().find(|held| held.item_id == other.item.id)?;
    let held = view.task.current_result(ResultKey { item: issued.item, ordinal: key.ordinal })?;
    Some((other.item, &held.recorded))
}

impl Reading<'_> {
    /// The form filled with what is typed and not recorded yet, as long as it can be recorded; without that, as it stands.
    pub(super) fn form_to_go_on_with(
        &self,
        view: &TaskView,
        pack: &Pack,
        key: ResultKey,
    ) -> Result<FormView, FormError> {
        let open = view.task.executor == self.eyes.me && view.task.is_editable();
        let typed = if open { self.eyes.typed_answer(view.task.id, key)? } else { None };
        match typed {
            Some(draft) => self.form(view, pack, key, draft),
            None => self.form_as_it_stands(view, pack, key),
        }
    }

    /// The form filled with the answer that counts; without one, with the place and the design's values.
    pub(super) fn form_as_it_stands(
        &self,
        view: &TaskView,
        pack: &Pack,
        key: ResultKey,
    ) -> Result<FormView, FormError> {
        let found = self.asked(view, pack, key.item)?;
        if let Some(held) = view.task.current_result(key) {
            let draft = Draft::of(&held.recorded, key.ordinal);
            let position = draft.position.clone().or(self.position_at(view, pack, key)?);
            return self.form(view, pack, key, Draft { position, ..draft });
        }
        let (variants, values): (Vec<&DesignValue>, Vec<&DesignValue>) =
            designed(&view.design, &found.item.id).partition(|held| held.field == DESIGN_VARIANT);
        let draft = Draft {
            position: self.position_at(view, pack, key)?,
            variant: variants.first().map(|held| held.value.clone()),
            values: values.into_iter().map(|held| FieldValue::new(&*held.field, &*held.value)).collect(),
            ..Draft::default()
        };
        let Some((other, held)) = elsewhere(view, pack, found, key) else { return self.form(view, pack, key, draft) };
        let fits = |value: &&FieldValue| {
            found.item.record.field(&value.key).is_some() && !draft.values.iter().any(|own| own.key == value.key)
        };
        let over: Vec<FieldValue> = held.values_at(key.ordinal).iter().filter(fits).cloned().collect();
        let taken = (!over.is_empty())
            .then(|| self.with(Text::PhoneTakenOver, &[("item", self.of(&other.name, &other.name_en).into())]));
        let variant = held.variant.clone().filter(|key| found.item.record.variant(key).is_some());
        let variant = draft.variant.clone().or(variant);
        let draft = Draft {
            position: draft.position.or_else(|| held.position.clone()),
            values: draft.values.into_iter().chain(over).collect(),
            variant,
            ..Draft::default()
        };
        Ok(FormView { taken_over: taken, ..self.form(view, pack, key, draft)? })
    }

    /// The form as this draft fills it.
    pub(super) fn form(
        &self,
        view: &TaskView,
        pack: &Pack,
        key: ResultKey,
        draft: Draft,
    ) -> Result<FormView, FormError> {
        let found = self.asked(view, pack, key.item)?;
        let weighed = Weighed::of(found, &draft, &view.practice)?;
        let variant = weighed.outcome.variant.as_deref().and_then(|key| found.item.record.variant(key));
        let (proposed, verdict) = (weighed.proposed, weighed.verdict);
        let (of_fields, notes) = FieldNote::split(self.language, &weighed.outcome.findings);
        let offered = view.practice.offered(found.item, &draft.values);
        let first = view.practice.first_field(found.item);
        let rest = found.item.record.fields.iter().filter(|field| {
            let later = first.is_none_or(|first| first.key != field.key && !offered.is_empty());
            later && field.is_asked(variant.map(|held| held.key.as_str()))
        });
        let questions = first.into_iter().chain(rest).map(|field| {
            let note = of_fields.iter().find(|note| note.key == field.key).cloned();
            Question { note, ..self.question(view, pack, found, (field, variant), &draft) }
        });
        Ok(FormView {
            questions: questions.collect(),
            variant: self.variant(found, variant),
            proposed: proposed.map(|verdict| ProposedVerdict { verdict, chip: Chip::verdict(self.language, verdict) }),
            verdicts: offered.iter().map(|choice| self.verdict(pack, found, *choice, (verdict, proposed))).collect(),
            taken_over: None,
            sentence: weighed.sentence(pack, found, key.ordinal, &draft),
            photo: self.photo_needed(view, found, key, verdict),
            notes,
            save: self.save(view, pack, (found, key), &draft, &weighed),
            draft,
        })
    }

    /// Something to pick, which is recorded by its Chinese name.
    pub(super) fn option(&self, pick: &Pick) -> PickOption {
        PickOption { value: pick.zh.clone(), label: self.of(&pick.zh, &pick.en).to_owned() }
    }

    fn question(
        &self,
        view: &TaskView,
        pack: &Pack,
        found: ItemRef<'_>,
        (field, variant): (&Field, Option<&Variant>),
        draft: &Draft,
    ) -> Question {
        let entered =
            |values: &[FieldValue]| values.iter().find(|held| held.key == field.key).map(|held| held.value.clone());
        let of_item = view.task.results.iter().filter(|held| held.recorded.item_id == found.item.id);
        let last = of_item.max_by_key(|held| (held.at.wall_ms, held.fact));
        let mut design = designed(&view.design, &found.item.id);
        let design = design.find(|held| held.field == field.key && field.source == Source::Design);
        Question {
            key: field.key.clone(),
            label: self.of(&field.label_zh, &field.label_en).to_owned(),
            value: entered(&draft.values),
            input: self.input(pack, field),
            limit: limit_text(&pack.catalogue, found, field, variant, &draft.values, tongue(self.language)),
            required: field.required,
            from_design: design.map(|held| held.value.clone()),
            last_used: last.and_then(|held| entered(&held.recorded.values)),
            note: None,
        }
    }

    fn input(&self, pack: &Pack, field: &Field) -> Input {
        match &field.kind {
            FieldKind::Number(number) => Input::Number(NumberInput {
                unit: self.of(&number.unit.symbol, &number.unit.en_plural).to_owned(),
                decimals: i32::from(number.decimals),
                negative: number.unit.negative,
            }),
            FieldKind::Choice(choice) => {
                let option = |option: &Choice| PickOption {
                    value: option.value.clone(),
                    label: self.of(&option.label_zh, &option.label_en).to_owned(),
                };
                Input::Pick(PickInput { options: choice.options.iter().map(option).collect() })
            }
            FieldKind::Bool(_) => {
                let words = pack.catalogue.default_templates.in_language(tongue(self.language));
                Input::YesNo(YesNoInput { yes: words.yes.clone(), no: words.no.clone() })
            }
            FieldKind::Text => Input::Words,
        }
    }

    /// A variant that follows from a field is not asked.
    fn variant(&self, found: ItemRef<'_>, in_force: Option<&Variant>) -> Option<VariantPick> {
        let variants = &found.item.record.variants;
        if variants.is_empty() || variants.iter().any(|variant| variant.select.is_some()) {
            return None;
        }
        let option = |variant: &Variant| PickOption {
            value: variant.key.clone(),
            label: self.of(&variant.label_zh, &variant.label_en).to_owned(),
        };
        Some(VariantPick {
            options: variants.iter().map(option).collect(),
            chosen: in_force.map(|variant| variant.key.clone()),
        })
    }

    fn verdict(
        &self,
        pack: &Pack,
        found: ItemRef<'_>,
        choice: Verdict,
        (counts, proposed): (Option<Verdict>, Option<Verdict>),
    ) -> VerdictChoice {
        let list = |of: Verdict, picks: &[Pick]| {
            let picks = if choice == of { picks } else { &[] };
            picks.iter().map(|pick| self.option(pick)).collect::<Vec<_>>()
        };
        let asks = choice == Verdict::Untestable && !found.item.is_mismatch();
        let reasons = pack.catalogue.untestable_reasons.iter().filter(|_| asks);
        let coded = |pick: &Pick| PickOption { value: pick.code.clone(), ..self.option(pick) };
        let against = proposed.is_some_and(|proposed| proposed != choice);
        let reason = match choice {
            // That the catalogue lacks the facility is the reason.
            Verdict::Untestable if found.item.is_mismatch() => None,
            Verdict::Untestable => Some(Text::PhoneAsksUntestable),
            Verdict::Conform | Verdict::Nonconform if against => Some(Text::PhoneAsksOverride),
            Verdict::Conform | Verdict::Nonconform => None,
        };
        VerdictChoice {
            verdict: choice,
            chip: Chip::verdict(self.language, choice),
            chosen: counts == Some(choice),
            asks_reason: reason.map(|text| self.say(text)),
            reasons: reasons.map(|reason| coded(&reason.pick)).collect(),
            parts: list(Verdict::Nonconform, &found.facility.parts),
            defects: list(Verdict::Nonconform, &pack.catalogue.defects),
            asks_fault: (choice == Verdict::Nonconform).then(|| self.say(Text::PhoneAsksFault)),
        }
    }

    /// why a photo is still needed; `None` when none is.
    fn photo_needed(
        &self,
        view: &TaskView,
        found: ItemRef<'_>,
        key: ResultKey,
        verdict: Option<Verdict>,
    ) -> Option<String> {
        let fails = verdict == Some(Verdict::Nonconform);
        // Before a verdict is chosen, an item says what it asks for whatever follows.
        let judged = verdict.unwrap_or(Verdict::Conform);
        let lacking = photos_lacking(&view.task, key, judged, Some(found), &view.practice);
        if lacking == 0 {
            return None;
        }
        if view.task.is_shown(key, &view.practice) {
            return Some(self.with(Text::PhonePhotoMore, &[("count", Arg::from(lacking))]));
        }
        let why = self.say(if fails { Text::PhonePhotoForFault } else { Text::PhonePhotoAlways });
        let proof = view.practice.proof(&found.item.id).map(|role| word::photo(self.language, role));
        Some(proof.map_or_else(|| why.clone(), |proof| format!("{why} {proof}")))
    }

    /// the label of the first question, while its answer is open.
    fn unanswered_first<'i>(&self, view: &TaskView, found: ItemRef<'i>, draft: &Draft) -> Option<&'i str> {
        let first = view.practice.first_field(found.item)?;
        let open = view.practice.offered(found.item, &draft.values).is_empty();
        open.then(|| self.of(&first.label_zh, &first.label_en))
    }

    fn save(
        &self,
        view: &TaskView,
        pack: &Pack,
        (found, key): (ItemRef<'_>, ResultKey),
        draft: &Draft,
        weighed: &Weighed,
    ) -> Act {
        let may = self.may(view, Action::RecordResult);
        if !may.allowed {
            return may;
        }
        if let Some(first) = self.unanswered_first(view, found, draft) {
            return Act::closed(self.with(Text::PhoneFirstQuestion, &[("question", first.into())]));
        }
        if weighed.verdict.is_none() {
            return Act::closed(self.say(Text::PhoneVerdictMissing));
        }
        match weighed
            .answer(view.task.id, key, draft)
            .and_then(|answer| compose(view, pack, &answer, (Ordinals::default(), Vec::new())))
        {
            Ok(_) => may,
            Err(error) => {
                let values = match &error {
                    RecordResultError::Text(error) => named::of_text(error),
                    RecordResultError::Task(error) => named::of_task(error),
                    RecordResultError::PhotoUnknown
                    | RecordResultError::NothingLeft
                    | RecordResultError::InstrumentUnknown
                    | RecordResultError::Trouble(_) => Vec::new(),
                };
                Act::refused(self.language, error.code(), &values)
            }
        }
    }
}
