//! Calls about people, groups of people and signing in.

use docspace_api::types::{AuthenticateRequest, CreatePeopleGroupRequest, CreatePersonRequest, InvitePeopleRequest};
use docspace_api::{Client, ClientAuthExt, ClientPeopleExt, ClientPortalExt, PersonStatus};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{done, given, refused};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let me = done(api.get_self().send().await).response.expect("a profile");
    done(api.get_person().id(me.id.0.to_string()).send().await);
    let person = json!({ "email": "eva@example.com", "firstName": "Eva", "lastName": "E", "type": "User",
                         "password": "LongEnough1!" });
    let eva = done(api.create_person().body(given::<CreatePersonRequest>(person)).send().await);
    let eva = eva.response.expect("a profile").id;
    let invitation = json!({ "invitations": [{ "email": "new@example.com", "type": "Guest" }] });
    done(api.invite_people().body(given::<InvitePeopleRequest>(invitation)).send().await);
    done(api.get_person_by_email().email("eva@example.com").send().await);
    done(api.list_people().count(10).send().await);
    done(api.search_people().filter_value("eva").send().await);
    done(api.find_people().query("eva").send().await);
    done(api.find_people_by_status().status(PersonStatus::Active).query("eva").send().await);

    let group = json!({ "groupName": "Auditors", "groupManager": me.id, "members": [eva] });
    let group = done(api.create_people_group().body(given::<CreatePeopleGroupRequest>(group)).send().await);
    let group = group.response.expect("a group").id;
    done(api.list_people_groups().send().await);
    done(api.get_people_group().id(group).send().await);
    done(api.delete_people_group().id(group).send().await);

    done(api.get_capabilities().send().await);
    done(api.get_portal_version().send().await);
    assert_eq!(done(api.get_authentication().send().await).response, Some(true));
    let credentials = json!({ "userName": mock.email("ann"), "password": mock.password("ann") });
    let request: AuthenticateRequest = given(credentials.clone());
    assert!(done(api.authenticate().body(request).send().await).response.expect("a token").token.is_some());
    // Nobody here has a second factor.
    let mut wrong = credentials;
    wrong["password"] = json!("wrong");
    wrong["code"] = json!("123456");
    refused(
        api.authenticate_with_code()
            .code("123456")
            .body(given::<docspace_api::types::AuthenticateWithCodeRequest>(wrong))
            .send()
            .await,
        401,
    );
    done(api.logout().send().await);
}
