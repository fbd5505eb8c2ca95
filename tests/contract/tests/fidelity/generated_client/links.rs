//! Calls about links, and calls with the key of a link.

use docspace_api::types::{EnterLinkPasswordRequest, LinkId, SetRoomLinkRequest};
use docspace_api::{Access, Client, ClientLinksExt, LinkKeyStatus, LinkType};
use docspace_mock::MockPortal;

use super::{client, custom_room, success};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let room = custom_room(api, "Linked").await;
    let mut request = SetRoomLinkRequest::new(LinkId(uuid::Uuid::new_v4()), LinkType::External, Access::Read);
    request.password = Some("LongEnough1!".into());
    let link = success(api.set_room_link().id(&room).body(request).send().await).response.expect("a link");
    assert_eq!(
        success(api.list_room_links().id(&room).type_(LinkType::External).send().await).response.expect("links").len(),
        1
    );
    assert!(success(api.get_primary_room_link().id(&room).send().await).response.expect("a link").is_primary());

    let visitor = client(mock, &mock.key("ulf"));
    let key = link.shared_link.request_token.expect("the key of an external link");
    let checked = success(visitor.check_link_key().key(key.expose()).send().await).response.expect("the key's state");
    assert_eq!(checked.status, LinkKeyStatus::PasswordRequired);
    let body = EnterLinkPasswordRequest { password: "LongEnough1!".into() };
    let entered = success(visitor.enter_link_password().key(key.expose()).body(body).send().await);
    assert_eq!(entered.response.expect("the key's state").status, LinkKeyStatus::Valid);
}
