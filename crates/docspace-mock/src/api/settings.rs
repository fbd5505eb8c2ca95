//! What a portal says about itself and about the caller: capabilities, profile (portal-facts 2.5, 2.6).

use super::{Call, open, route};
use crate::view::employee;
use crate::wire::envelope::Reply;
use crate::wire::errors::Fail;
use crate::wire::routing::Route;
use serde_json::json;

pub(super) const ROUTES: &[Route] = &[
    open("GET", "capabilities", capabilities),
    open("GET", "capabilities.json", capabilities),
    route("GET", "people/@self", profile),
];

fn capabilities(_: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&json!({
        "ldapEnabled": false,
        "providers": [],
        "ssoLabel": "",
        "oauthEnabled": true,
        "ssoUrl": "",
        "identityServerEnabled": true,
    })))
}

fn profile(call: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&employee::own_profile(call.portal, call.me())))
}

/// The hash that a log-in may send in place of the password.
pub(crate) fn password_hash(password: &str) -> String {
    let _ = password;
    String::new()
}
