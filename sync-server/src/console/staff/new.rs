//! The form by which a manager makes an account for somebody on the personnel list. The password is shown on the page
//! that answers, and nowhere else.

use super::made as staff_page;
use crate::{
    console::{
        account,
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        list::Asked,
        page,
        posted::Posted,
        refused::Refusal,
        visitor::Visitor,
    },
    office::account::make::{Make, make},
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::personnel::certificate,
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_domain::{
    account::{Action, Category, LOGIN_LENGTH_MAX, PHONE_LENGTH_MAX, Role, Subject},
    personnel::Person,
};
use firebee_protocol::text::{say, word};
use strum::VariantArray as _;

#[derive(Template)]
#[template(path = "staff/new.html")]
struct NewPage {
    f: Frame,
    form: Form,
}

fn may_make(visitor: &Visitor) -> Result<(), Refusal> {
    let may = visitor.may(Action::CreateAccount, &Subject::of(visitor.member.org.id(), &[]));
    if may { Ok(()) } else { Err(Refusal::NotFound) }
}

/// The empty form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    may_make(&visitor)?;
    page(&made(&app, &visitor, form(&app, &visitor).await?))
}

fn made(app: &App, visitor: &Visitor, form: Form) -> NewPage {
    NewPage { f: Frame::new(app, visitor, say(visitor.language, T::StaffNew), &account::PAGE), form }
}

async fn form(app: &App, visitor: &Visitor) -> Result<Form, Refusal> {
    let (org, language) = (visitor.member.org, visitor.language);
    let t = |text| say(language, text);
    let people: Result<Vec<Person>, StoreError> =
        app.store.read("find_people", async move |tx: &mut Tx| query::personnel::present(tx, org).await).await;
    let person = |person: &Person| {
        let held: Vec<String> = person.certificates.iter().map(|held| certificate(language, held)).collect();
        let word = if held.is_empty() {
            person.name.clone()
        } else {
            format!("{} · {}", person.name, word::join(language, held))
        };
        Answer::data(person.id.to_string(), word)
    };
    let people = people?;
    let people = std::iter::once(Answer::word("", t(T::StaffChoose))).chain(people.iter().map(person));
    let categories = Category::VARIANTS.iter().map(|category| {
        let value: &str = category.into();
        Answer::word(value, word::role(language, Role::from(*category)))
    });
    let login = Field::text("login", t(T::StaffLogin), LOGIN_LENGTH_MAX).optional().hint(t(T::StaffLoginHint));
    Ok(Form::new(visitor, "/staff/new", T::StaffMake)?
        .with(Field::select("person", t(T::StaffName), people).hint(t(T::StaffPersonHint)))
        .with(Field::phone("phone", t(T::StaffPhoneNumber), PHONE_LENGTH_MAX))
        .with(login)
        .with(Field::radio("category", t(T::StaffRole), categories).hint(t(T::StaffCategoryHint))))
}

/// Makes it and shows the password.
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    may_make(&visitor)?;
    let text = |name: &str| fields.text(name).to_owned();
    let category: Category = Category::VARIANTS
        .iter()
        .copied()
        .find(|category| <&str>::from(category) == fields.text("category"))
        .ok_or(Refusal::FormExpired)?;
    let wanted = Make {
        person: fields.text("person").parse().map_err(|_| Refusal::FormExpired)?,
        phone: text("phone"),
        login: text("login"),
        category,
    };
    match make(&app.office, visitor.act(request), wanted).await {
        Ok(shown) => page(&staff_page(&app, &visitor, &Asked::default(), Some(shown), None).await?),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = form(&app, &visitor).await?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, form))
        }
    }
}
