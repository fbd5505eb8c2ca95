//! The audit trail (docs/portal/history-and-audit.md#audit-trail).

pub(super) mod logins;
pub(super) mod reports;
pub(super) mod settings;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::api::settings::check_admin;
use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::trail::Event;
use crate::state::trail::action::{Action, ActionType, Module, Product, Subject, catalog};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::query::{Page, Query};

pub(super) const ROUTES: &[Route] = &[
    route("GET", "security/audit/events/last", last),
    route("GET", "security/audit/events/filter", filter),
    route("GET", "security/audit/types", types),
    route("GET", "security/audit/mappers", mappers),
];

/// How many entries the lists of the latest entries have.
const LAST: usize = 20;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventView<'a> {
    id: i64,
    date: String,
    user: String,
    user_id: Uuid,
    action: String,
    action_id: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<&'a str>,
    country: &'static str,
    city: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    action_type: ActionType,
    product: Product,
    location: Module,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<[&'a str; 1]>,
    entries: Vec<Subject>,
    context: &'a str,
}

fn view<'a>(portal: &Portal, event: &'a Event) -> EventView<'a> {
    let filing = event.action.filing().unwrap_or_default();
    EventView {
        id: event.id,
        date: dates::write(dates::whole_seconds(event.at), portal.zone),
        user: portal.people.get(event.by).map(|person| person.display_name()).unwrap_or_default(),
        user_id: event.by,
        action: event.sentence(),
        action_id: event.action,
        ip: event.ip.as_deref(),
        country: "",
        city: "",
        page: event.page.as_deref(),
        action_type: filing.kind,
        product: filing.product,
        location: filing.module,
        target: event.target.as_deref().map(|target| [target]),
        entries: Some(filing.subject).filter(|subject| *subject != Subject::NONE).into_iter().collect(),
        context: &event.context,
    }
}

/// The latest events. The portal ignores all parameters.
fn last(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    Ok(latest(call.portal))
}

fn latest(portal: &Portal) -> Reply {
    let shown = portal.trail.events().iter().rev().take(LAST);
    Reply::list(&shown.map(|event| view(portal, event)).collect::<Vec<_>>())
}

/// The dates and the page that both lists can be asked for.
struct Range {
    user: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    page: Page,
}

impl Range {
    fn read(query: &mut Query) -> Self {
        Self {
            user: query.guid("userId").filter(|id| !id.is_nil()),
            from: query.moment("from"),
            to: query.moment("to"),
            page: query.page(),
        }
    }

    /// Whether the person and the date of an entry fit. The portal compares the seconds that it
    /// stores.
    fn contains(&self, by: Option<Uuid>, at: DateTime<Utc>) -> bool {
        let at = dates::whole_seconds(at);
        self.user.is_none_or(|user| by == Some(user))
            && self.from.is_none_or(|from| at >= from)
            && self.to.is_none_or(|to| at <= to)
    }
}

/// The action in the query. `None` as a name means all actions.
fn action(query: &mut Query) -> Option<Action> {
    let all = |text: &str| text.eq_ignore_ascii_case("None").then(Action::default);
    query.listed("action", |text| all(text).or_else(|| catalog().action(text))).filter(|one| one.number() != 0)
}

fn filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let query = &mut call.query;
    let action = action(query);
    let target = query.text("target").filter(|target| !target.is_empty());
    let kind = query.enumeration::<ActionType>("actionType").filter(|kind| *kind != ActionType::NONE);
    let module = query.enumeration::<Module>("moduleType").filter(|module| *module != Module::NONE);
    let subject = query.enumeration::<Subject>("entryType").filter(|subject| *subject != Subject::NONE);
    let range = Range::read(query);
    query.finish()?;
    check_admin(call)?;
    let portal = &*call.portal;
    if portal.trail.hidden {
        return Ok(latest(portal));
    }
    if action.is_none() && module.is_some() {
        return Err(Failure::null_reference());
    }
    // An entry type counts only together with a target.
    let subject = subject.zip(target.as_ref()).filter(|_| action.is_none());
    if subject.is_some_and(|(subject, _)| subject == Subject::ROOM) {
        let text = "An item with the same key has already been added. Key: 5154";
        return Err(Failure::Thrown(Exception::Argument, Message::plain(text)));
    }
    let fits = |event: &&Event| match (action, event.action.filing()) {
        (Some(action), _) => {
            event.action == action && target.as_ref().is_none_or(|target| event.target.as_ref() == Some(target))
        }
        (None, Some(filing)) => {
            kind.is_none_or(|kind| filing.kind == kind)
                && subject.is_none_or(|(subject, target)| {
                    filing.subject == subject && event.target.as_ref().is_some_and(|known| known.contains(target))
                })
        }
        // Without an action, the portal leaves out the actions that its list does not have.
        (None, None) => false,
    };
    let found =
        portal.trail.events().iter().rev().filter(fits).filter(|event| range.contains(Some(event.by), event.at));
    let shown: Vec<EventView<'_>> = range.page.of(found).map(|event| view(portal, event)).collect();
    Ok(Reply::list(&shown))
}

fn types(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    Ok(Reply::one(&catalog().types))
}

/// Which action belongs to which product and module. All products are listed, even if they do not
/// have the module.
fn mappers(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let product: Option<Product> = call.query.enumeration("productType");
    let module: Option<Module> = call.query.enumeration("moduleType");
    call.query.finish()?;
    check_admin(call)?;
    let (product, module) = (product.and_then(Product::name), module.and_then(Module::name));
    let mut shown = Vec::new();
    for known in &catalog().products {
        if product.is_some_and(|product| known["productType"] != product) {
            continue;
        }
        let modules = known["modules"].as_array().into_iter().flatten();
        let modules: Vec<_> = modules.filter(|one| module.is_none_or(|module| one["moduleType"] == module)).collect();
        shown.push(json!({"productType": known["productType"], "modules": modules}));
    }
    Ok(Reply::list(&shown))
}
