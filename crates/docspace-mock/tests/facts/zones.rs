//! The time zone of the portal.

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, EXTERNAL, READ};

#[test]
fn dates_have_the_offset_of_the_zone_at_that_date() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let set = |fixture: &mut Fixture, person: &str, zone: &str| {
        fixture.call(person, "PUT", "settings/timeandlanguage", json!({"lng": "en-US", "timeZoneID": zone}))
    };
    let (status, answer) = set(&mut fixture, "owner", "europe/berlin");
    assert_eq!((status, &answer["response"]), (200, &json!("Settings have been successfully updated")));
    assert_eq!(fixture.read("owner", room)["created"], "2026-11-21T09:00:00.0000000+01:00");
    for (sent, expected) in [
        ("2031-07-15T12:00:00Z", "2031-07-15T14:00:00.0000000+02:00"),
        ("2031-07-15T12:00:00", "2031-07-15T14:00:00.0000000+02:00"),
        ("2031-03-30T02:30:00Z", "2031-03-30T05:30:00.0000000+02:00"),
    ] {
        let link = json!({"linkType": EXTERNAL, "access": READ, "expirationDate": sent});
        let made = fixture.ok("owner", "PUT", &format!("files/rooms/{room}/links"), link);
        assert_eq!(made["sharedLink"]["expirationDate"], expected, "{sent}");
    }
    let settings = fixture.ok("owner", "GET", "settings", Value::Null);
    assert_eq!((&settings["timezone"], &settings["utcHoursOffset"]), (&json!("Europe/Berlin"), &json!(1)));
    assert_eq!(set(&mut fixture, "ann", "UTC").0, 403);
    assert_eq!(set(&mut fixture, "admin", "Mars").0, 200);
    assert_eq!(fixture.read("owner", room)["created"], "2026-11-21T08:00:00.0000000Z", "an unknown zone is UTC");
}

#[test]
fn zones_have_names_of_windows_too_and_unknown_languages_are_ignored() {
    let mut fixture = Fixture::new();
    for (language, zone, shown) in [
        ("de", "W. Europe Standard Time", ("Europe/Berlin", "de")),
        ("xx-YY", "UTC", ("UTC", "de")),
        ("", "UTC", ("UTC", "de")),
    ] {
        let body = json!({"lng": language, "timeZoneID": zone});
        fixture.ok("owner", "PUT", "settings/timeandlanguage", body);
        let settings = fixture.ok("owner", "GET", "settings", Value::Null);
        assert_eq!((&settings["timezone"], &settings["culture"]), (&json!(shown.0), &json!(shown.1)));
    }
    let body = json!({"lng": "en-US", "timeZoneID": "UTC"});
    let answer = fixture.ok("admin", "PUT", "settings/timeandlanguage", body);
    assert_eq!(answer, "Die Einstellungen wurden erfolgreich aktualisiert", "people without a language of their own");
    assert_eq!(fixture.ok("user", "GET", "settings/timezones", Value::Null).as_array().map(Vec::len), Some(419));
}
