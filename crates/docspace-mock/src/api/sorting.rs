//! The order of lists, which a portal saves for each person (docs/portal/lists.md#sort-orders).

use crate::api::call::Call;
use crate::numbered::numbered;

numbered! {
    /// The direction of a list (SortOrder).
    SortOrder {
        ASCENDING = 0 "Ascending",
        DESCENDING = 1 "Descending",
    }
}

/// The names of the sort orders, by number (SortedByType).
const ORDERS: [&str; 13] = [
    "DateAndTime",
    "AZ",
    "Size",
    "Author",
    "Type",
    "New",
    "DateAndTimeCreation",
    "RoomType",
    "Tags",
    "Room",
    "CustomOrder",
    "LastOpened",
    "UsedSpace",
];

/// The requested order, which becomes the caller's saved order, or the saved order.
pub(super) fn saved_order(call: &mut Call<'_>) -> (String, bool) {
    let asked = call.query.text("sortBy").unwrap_or_default();
    let known = ORDERS.iter().find(|name| name.eq_ignore_ascii_case(asked.trim())).map(|name| (*name).to_owned());
    let numbered = || {
        let number = asked.trim().parse::<i32>().ok()?;
        let name = usize::try_from(number).ok().and_then(|index| ORDERS.get(index));
        Some(name.map_or_else(|| number.to_string(), |name| (*name).to_owned()))
    };
    let descending = call.query.enumeration("sortOrder") == Some(SortOrder::DESCENDING);
    let me = call.me();
    let Some(person) = call.portal.people.get_mut(me) else { return ("DateAndTime".into(), true) };
    if let Some(order) = known.or_else(numbered) {
        person.order = Some((order, descending));
    }
    person.order.clone().unwrap_or_else(|| ("DateAndTime".into(), true))
}
