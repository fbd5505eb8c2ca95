//! Deliveries: what is sent when, and what comes of it (docs/portal/webhooks.md#retries,
//! docs/portal/webhooks.md#switching-off).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, Serializer};

use crate::outgoing::{Outcome, Outgoing};
use crate::portal::Portal;
use crate::portal::webhooks::body;
use crate::state::trail::action::Action;
use crate::state::trail::{Change, Origin};
use crate::state::webhooks::address::{self, AddressError, Blacklist};
use crate::state::webhooks::log::Retry;
use crate::state::webhooks::{Webhook, stored_text};
use crate::wire::escaped_json;

/// How long the portal waits for the answer to a delivery.
const TIMEOUT: Duration = Duration::from_secs(100);

/// Maximum length of a stored answer: that of the column of the database.
const MAX_ANSWER: usize = 65_535;

/// The name of the header with the signature.
const SIGNATURE: &str = "x-docspace-signature-256";

impl Portal {
    /// Returns the deliveries of webhooks that are due, to send them. Report what came of each one
    /// with [`Portal::finish_delivery`].
    ///
    /// ```
    /// let mut portal = docspace_mock::Portal::new();
    /// for delivery in portal.take_deliveries() {
    ///     // Send it.
    ///     let id = delivery.delivery.expect("the id of a delivery");
    ///     portal.finish_delivery(id, docspace_mock::Outcome::status(200));
    /// }
    /// ```
    pub fn take_deliveries(&mut self) -> Vec<Outgoing> {
        self.clock.refresh();
        let now = self.now();
        let mut taken = Vec::new();
        loop {
            let due = self.webhooks.sender.due(now);
            if due.is_empty() {
                return taken;
            }
            for entry in due {
                match self.try_delivery(entry, now) {
                    Some(delivery) => taken.push(delivery),
                    None => self.webhooks.sender.end(entry),
                }
            }
            if !taken.is_empty() {
                return taken;
            }
        }
    }

    /// The request of the next try of a delivery. `None` if it is not sent at all.
    fn try_delivery(&mut self, id: i64, now: DateTime<Utc>) -> Option<Outgoing> {
        let webhooks = &mut self.webhooks;
        let hook_id = webhooks.entry(id)?.hook.id;
        let hook = webhooks.get(hook_id)?;
        let url = match address::read(&hook.uri, hook.ssl, &webhooks.blacklist) {
            Ok(url) => url,
            Err(AddressError::Blacklisted) => {
                webhooks.remove(hook_id);
                return None;
            }
            Err(_) => {
                webhooks.get_mut(hook_id)?.enabled = false;
                self.record_switch_off(hook_id, "HTTPS is required");
                return None;
            }
        };
        let (secret, checks_certificate, succeeded_on) = (hook.secret.clone(), hook.ssl, hook.last_success);
        let attempt = webhooks.sender.attempt(id)?;
        attempt.in_flight = true;
        attempt.sent = now;
        let retry = attempt.failure.clone().map(|(failed_on, failure)| Retry {
            count: attempt.retries,
            on: now,
            failed_on,
            failure,
            succeeded_on,
        });
        let cookies = webhooks.sender.cookies.get(url.host_str().unwrap_or_default()).map(|cookies| {
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
        });
        let entry = webhooks.entry_mut(id)?;
        entry.request = body::body(entry, true, retry.as_ref());
        let signature = body::signature(&secret, &entry.request);
        entry.signature = Some(signature.clone());
        let host = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
            None => url.host_str().unwrap_or_default().to_owned(),
        };
        let mut headers =
            vec![("Host".to_owned(), host), ("Accept".to_owned(), "*/*".to_owned()), (SIGNATURE.to_owned(), signature)];
        headers.extend(cookies.map(|cookies| ("Cookie".to_owned(), cookies)));
        headers.push(("Content-Type".into(), "application/json; charset=utf-8".into()));
        headers.push(("Content-Length".into(), entry.request.len().to_string()));
        Some(Outgoing {
            delivery: Some(id),
            method: "POST",
            url: address::text(&url),
            headers,
            body: entry.request.clone().into_bytes(),
            checks_certificate,
            timeout: TIMEOUT,
            blacklist: webhooks.blacklist.clone(),
        })
    }

    /// Stores what came of a delivery: plans the next try, or ends the delivery.
    pub fn finish_delivery(&mut self, delivery: i64, outcome: Outcome) {
        self.clock.refresh();
        let now = self.now();
        let webhooks = &mut self.webhooks;
        if !webhooks.sender.attempt(delivery).is_some_and(|attempt| attempt.in_flight) {
            return;
        }
        let Some(hook) = webhooks.log.iter().find(|entry| entry.id == delivery).map(|entry| entry.hook.id) else {
            return webhooks.sender.end(delivery);
        };
        match outcome {
            Outcome::Blacklisted => {
                webhooks.sender.end(delivery);
                webhooks.remove(hook);
            }
            Outcome::Unresolved => {
                webhooks.sender.end(delivery);
                if let Some(hook) = webhooks.get_mut(hook) {
                    hook.enabled = false;
                }
            }
            Outcome::Answered { status: 200..=299, .. } => {
                webhooks.sender.end(delivery);
                self.succeed(delivery, hook, outcome, now);
            }
            _ => {
                let uri = webhooks.get(hook).map(|hook| hook.uri.clone()).unwrap_or_default();
                let text = outcome.failure(&uri, TIMEOUT);
                if let Outcome::Answered { headers, .. } = &outcome {
                    self.keep_cookies(&uri, headers);
                }
                let Some(attempt) = self.webhooks.sender.attempt(delivery) else { return };
                if !attempt.retry(text.clone(), now) {
                    self.webhooks.sender.end(delivery);
                    self.fail(delivery, hook, &outcome, text, now);
                }
            }
        }
    }

    fn succeed(&mut self, delivery: i64, hook: i64, outcome: Outcome, now: DateTime<Utc>) {
        let Outcome::Answered { status, headers, body } = outcome else { return };
        if let Some(entry) = self.webhooks.entry_mut(delivery) {
            entry.status = status;
            entry.delivered = Some(now);
            entry.response_headers = Some(stored_headers(&headers));
            entry.response = Some(stored_answer(&body));
        }
        let Some(hook) = self.webhooks.get_mut(hook) else { return };
        hook.last_success = Some(now);
        hook.touch(now, hook.created_by);
        let uri = hook.uri.clone();
        self.keep_cookies(&uri, &headers);
    }

    /// Ends a delivery whose last retry failed.
    fn fail(&mut self, delivery: i64, id: i64, outcome: &Outcome, text: String, now: DateTime<Utc>) {
        let trust = self.webhooks.trust;
        if let Some(entry) = self.webhooks.entry_mut(delivery) {
            entry.status = outcome.code();
            entry.response = Some(text.clone());
        }
        if outcome.code() == 410 {
            if let Some(hook) = self.webhooks.remove(id) {
                self.record_by_worker(Action::WEBHOOK_DELETED, &hook, "HTTP status 410");
            }
            return;
        }
        let Some(hook) = self.webhooks.get_mut(id) else { return };
        hook.last_failure = Some((now, text));
        hook.touch(now, hook.created_by);
        if now - hook.last_success.unwrap_or(hook.created) > trust && *outcome != Outcome::TimedOut {
            hook.enabled = false;
            self.record_switch_off(id, "more than 3 days without success");
        }
    }

    /// Records that the portal switched a webhook off.
    fn record_switch_off(&mut self, hook: i64, reason: &str) {
        if let Some(hook) = self.webhooks.get(hook).cloned() {
            self.record_by_worker(Action::WEBHOOK_UPDATED, &hook, reason);
        }
    }

    /// Records a change that the portal made to a webhook by itself (recording audit/events).
    fn record_by_worker(&mut self, action: Action, hook: &Webhook, reason: &str) {
        let origin = Origin { by: hook.created_by, ip: None, page: None };
        let change = Change::of_portal(action, "Settings", Some(hook.id.to_string()));
        self.record(origin, change.words(&[&format!("{} ({reason})", hook.name)]));
    }

    /// Keeps the cookies of an answer for all receivers on the same host.
    fn keep_cookies(&mut self, uri: &str, headers: &[(String, String)]) {
        let Some(host) = url::Url::parse(uri.trim()).ok().and_then(|url| url.host_str().map(str::to_owned)) else {
            return;
        };
        for (_, cookie) in headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let pair = cookie.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.trim().split_once('=') else { continue };
            let kept = self.webhooks.sender.cookies.entry(host.clone()).or_default();
            match kept.iter_mut().find(|(known, _)| known == name) {
                Some((_, kept)) => value.clone_into(kept),
                None => kept.push((name.to_owned(), value.to_owned())),
            }
        }
    }

    /// Returns the time until the next delivery of a webhook is due, or `None` if nothing waits or
    /// all deliveries in progress wait for their outcome.
    pub fn time_to_next_delivery(&self) -> Option<Duration> {
        let now = self.clock.now();
        let due = self.webhooks.sender.next_due(now)?;
        Some((due - now).to_std().unwrap_or_default())
    }

    /// Returns how many deliveries of webhooks wait or are in progress.
    pub fn waiting_deliveries(&self) -> usize {
        self.webhooks.sender.len()
    }

    /// Refuses receivers in these networks, such as `10.0.0.0/8`. By default the mock refuses none.
    ///
    /// Returns false if a text is not a network. Nothing changes then.
    #[must_use = "false means that a network cannot be read"]
    pub fn set_webhook_blacklist(&mut self, networks: &[&str]) -> bool {
        let Some(blacklist) = Blacklist::of(networks) else { return false };
        self.webhooks.blacklist = blacklist;
        true
    }

    /// Refuses the receivers that a portal refuses by default, such as those on the same computer.
    pub fn refuse_private_receivers(&mut self) {
        self.webhooks.blacklist = Blacklist::of(&Blacklist::PUBLISHED).unwrap_or_default();
    }

    /// Sets how long a webhook may fail before it is switched off. The default is three days.
    pub fn set_webhook_trust(&mut self, trust: Duration) {
        self.webhooks.trust = TimeDelta::from_std(trust).unwrap_or(TimeDelta::MAX);
    }
}

/// The headers of an answer as the log contains them.
fn stored_headers(headers: &[(String, String)]) -> String {
    let mut stored: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case("content-length") {
            continue;
        }
        match stored.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => stored.push((name, vec![value])),
        }
    }
    escaped_json::write(&Members(stored))
}

/// Members of an object in this order.
struct Members<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, values)| (name, values)))
    }
}

/// The body of an answer, cut to what a portal stores.
fn stored_answer(body: &[u8]) -> String {
    let mut text = stored_text(&String::from_utf8_lossy(body));
    let end = (0..=text.len().min(MAX_ANSWER)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.truncate(end);
    text
}
