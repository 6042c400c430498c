//! The plans by period, nature and project.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        access::named,
        plan::{Filter, natures, plans},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::plan::{ListedPlanLine, listed},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::catalogue::Nature;
use firebee_protocol::text::word;
use strum::VariantArray as _;

static PLANS: List<ListedPlanLine> = List {
    href: "/plans",
    file: "plans",
    none: T::PlanNone,
    usual: ("period", true),
    filters: &["nature", "project"],
    month: Some(T::PlanMonth),
    columns: &[
        Column {
            title: T::PlanTitle,
            sort: Some("name"),
            cell: |plan| Cell::Link { href: format!("/plans/{}", plan.id), name: plan.name.clone() },
        },
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |plan| Cell::Link { href: format!("/projects/{}", plan.project), name: plan.project_name.clone() },
        },
        Column { title: T::PlanNature, sort: None, cell: |plan| Cell::Words(plan.nature.clone()) },
        Column { title: T::PlanPeriod, sort: Some("period"), cell: |plan| Cell::Words(plan.period.clone()) },
        Column { title: T::PartState, sort: None, cell: |plan| Cell::State(plan.state.clone()) },
        Column { title: T::ProjectPlanCompleted, sort: None, cell: |plan| Cell::Count(plan.progress.completed.into()) },
        Column {
            title: T::ProjectPlanNotCompleted,
            sort: None,
            cell: |plan| Cell::Count(plan.progress.not_completed.into()),
        },
        Column { title: T::PlanToIssue, sort: None, cell: |plan| Cell::Count(plan.progress.to_issue.into()) },
        Column {
            title: T::ProjectPlanCreated,
            sort: Some("created"),
            cell: |plan| Cell::When(Some(plan.created.clone())),
        },
    ],
};

#[derive(Template)]
#[template(path = "plan/list.html")]
struct PlansPage {
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let filter = Filter {
        project: asked.get("project").parse().ok(),
        nature: asked.get("nature").parse().ok(),
        month: asked.month(),
        wanted: PLANS.wanted(&asked),
    };
    let read = async move |tx: &mut Tx| {
        let Some(project) = named(tx, org, &actor, filter.project).await? else { return Ok(None) };
        Ok(Some((plans(tx, org, &actor, &filter).await?, natures(tx, org, &actor, &filter).await?, project)))
    };
    let found: Result<_, StoreError> = app.store.read("list_plans", read).await;
    let (page, natures, project) = found?.ok_or(Refusal::NotFound)?;
    let nature =
        |nature: &Nature| Answer::counted(nature.into(), word::nature(visitor.language, *nature), natures.get(nature));
    let answers = Nature::VARIANTS.iter().map(nature).collect();
    let nature = Facet { name: "nature", title: T::PlanNature, every: Some(T::ListEvery), answers, form: Form::Chips };
    let facets = std::iter::once(nature).chain(Facet::only("project", T::ListProject, &asked, project)).collect();
    let page = page.map(|row| listed(visitor.reader(), &row));
    let head = (T::ProjectPlans, &project::PAGE);
    PLANS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| PlansPage { f, list }).await
}
