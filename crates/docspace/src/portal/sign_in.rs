//! Signing in with a password, and signing out.

use docspace_api::types::{AuthToken, AuthenticateRequest, AuthenticateWithCodeRequest, TextEnvelope};
use docspace_api::{ClientAuthExt, ClientInfo, Secret, check_path_id};
use reqwest::header::{COOKIE, HeaderValue};
use url::form_urlencoded::byte_serialize;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::{Portal, PortalBuilder};

const TYPE_THE_CODE: &str = "enter the code from your authenticator app or from the text message";

impl PortalBuilder {
    /// Signs in with an e-mail address and a password, and builds a portal that uses the session's
    /// token.
    ///
    /// ```
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let (address, email, password) = (mock.url(), mock.email("owner"), mock.password("owner"));
    /// use docspace::Portal;
    ///
    /// let portal = Portal::builder(address).sign_in(email, password).await?;
    /// println!("signed in as {}", portal.me().await?.display_name);
    /// portal.sign_out().await?;
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// A token is normally valid for one year. Read it with [`Portal::token`] to keep it, or end
    /// the session with [`Portal::sign_out`].
    ///
    /// # Errors
    ///
    /// - [`Unauthorized`](ErrorKind::Unauthorized): the credentials are wrong. If the error has no
    ///   [status](crate::Error::status), the account requires a second factor: use
    ///   [`sign_in_with_code`](Self::sign_in_with_code) or an API key.
    /// - [`Forbidden`](ErrorKind::Forbidden): the account is disabled, or five attempts within a
    ///   minute were wrong. Try again after a minute.
    /// - [`Invalid`](ErrorKind::Invalid): the e-mail address or the password is empty, or the
    ///   portal's address uses plain HTTP to another computer without
    ///   [`allow_http`](Self::allow_http). Nothing is sent.
    pub async fn sign_in(self, email: impl Into<String>, password: impl Into<Secret>) -> Result<Portal> {
        let (anonymous, request) = self.credentials_of(email.into(), password.into())?;
        let call = Call::new("authenticate", format!("as {}", request.user_name.as_deref().unwrap_or_default()));
        let answer = anonymous.api().authenticate().body(request).send().await;
        self.with_token(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    /// Signs in to an account with a second factor.
    ///
    /// The code comes from the person's authenticator app, or from the text message that the portal
    /// sends when the program calls [`sign_in`](Self::sign_in).
    ///
    /// ```no_run
    /// use docspace::{Portal, Secret};
    ///
    /// # async fn example(password: Secret, code: Secret) -> docspace::Result<()> {
    /// let builder = Portal::builder("https://acme.onlyoffice.com");
    /// let portal = builder.sign_in_with_code("ann@acme.com", password, code).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The same as for [`sign_in`](Self::sign_in), and:
    ///
    /// - [`Unauthorized`](ErrorKind::Unauthorized): the code is wrong.
    /// - [`Invalid`](ErrorKind::Invalid): the code is empty, or contains a slash, a backslash, `?`,
    ///   `#`, `%`, white space or a control character.
    pub async fn sign_in_with_code(
        self,
        email: impl Into<String>,
        password: impl Into<Secret>,
        code: impl Into<Secret>,
    ) -> Result<Portal> {
        let code = Secret::from(code.into().expose().trim());
        if code.expose().is_empty() {
            return Err(Error::invalid("the code is empty").advise(TYPE_THE_CODE));
        }
        // The code becomes part of the request's path.
        check_path_id(code.expose())
            .map_err(|reason| Error::invalid(format!("the code is not valid: {reason}")).advise(TYPE_THE_CODE))?;
        let (anonymous, AuthenticateRequest { user_name, password, .. }) =
            self.credentials_of(email.into(), password.into())?;
        let call = Call::new("authenticate_with_code", format!("as {}", user_name.as_deref().unwrap_or_default()));
        let request = AuthenticateWithCodeRequest::builder().user_name(user_name).password(password).code(code.clone());
        let answer = anonymous.api().authenticate_with_code().code(code.expose()).body(request).send().await;
        self.with_token(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    fn credentials_of(&self, email: String, password: Secret) -> Result<(Portal, AuthenticateRequest)> {
        let email = email.trim();
        if email.is_empty() || password.expose().is_empty() {
            return Err(Error::invalid("the e-mail address or the password is empty"));
        }
        // `anonymous` has no credentials of its own, so building it does not check the address.
        self.check_address()?;
        let anonymous = self.clone().anonymous().build()?;
        let request = AuthenticateRequest {
            user_name: Some(email.to_owned()),
            password: Some(password),
            ..AuthenticateRequest::default()
        };
        Ok((anonymous, request))
    }

    fn with_token(self, answer: AuthToken, call: &Call) -> Result<Portal> {
        let Some(token) = answer.token else { return Err(second_factor(&answer).of(call)) };
        self.token(token).build()
    }
}

/// What is missing when the portal accepts the password but returns no token
/// (docs/portal/credentials.md#second-factor).
fn second_factor(answer: &AuthToken) -> Error {
    let (reason, advice) = if answer.tfa_key.is_some() || answer.confirm_url.is_some() {
        ("the account has no second factor yet, but requires one", "sign in once with a browser, or use an API key")
    } else if answer.sms {
        ("the portal has sent a code as a text message", "sign in with that code, or use an API key")
    } else {
        ("the account requires a code from its authenticator app", "sign in with that code, or use an API key")
    };
    Error::new(ErrorKind::Unauthorized, reason).advise(advice)
}

impl Portal {
    /// Checks whether the portal accepts the credentials. A key needs no scope for this.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// use docspace::Portal;
    ///
    /// let key = portal.keys().create("nightly").send().await?;
    /// let nightly = Portal::builder(portal.url().as_str()).api_key(key.key).build()?;
    /// assert!(nightly.is_signed_in().await?);
    ///
    /// portal.keys().set_active(key.id, false).await?;
    /// assert!(!nightly.is_signed_in().await?, "the key is switched off");
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call), except
    /// [`Unauthorized`](ErrorKind::Unauthorized): with wrong or missing credentials, this returns
    /// `false`.
    pub async fn is_signed_in(&self) -> Result<bool> {
        if self.token().is_some() {
            let call = Call::new("get_authentication", "");
            return call.response(self.api().get_authentication().send().await, |envelope| envelope.response).await;
        }
        // Keys without `*:read` cannot make that call, but every key can read its own record
        // (docs/portal/credentials.md#is-a-credential-valid).
        match self.keys().current().await {
            Ok(_) => Ok(true),
            Err(error) if error.is_unauthorized() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Ends the session, and checks that it has ended.
    ///
    /// The token stops working for every program that uses it. In a browser, this call fails with
    /// [`NotDone`](ErrorKind::NotDone), because a browser does not let a program set the cookie:
    /// end the session on the portal's profile page.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): there is no session, because the portal uses an API key
    ///   or no credentials.
    /// - [`NotDone`](ErrorKind::NotDone): the session is still valid afterwards.
    pub async fn sign_out(self) -> Result<()> {
        let call = Call::new("logout", "");
        let Some(token) = self.token() else {
            let reason = "there is no session to end";
            return Err(Error::invalid(reason)
                .of(&call)
                .advise("to end the use of an API key, delete it or switch it off"));
        };
        // The portal ends only the session of the cookie. The same token then stops working in the
        // header, too (docs/portal/credentials.md#logging-out).
        let encoded: String = byte_serialize(token.expose().as_bytes()).collect();
        let cookie = HeaderValue::from_str(&format!("asc_auth_key={encoded}"));
        let mut cookie = cookie.map_err(|_| Error::invalid("the session token cannot be sent").of(&call))?;
        cookie.set_sensitive(true);
        let address = format!("{}/api/2.0/authentication/logout", self.api().baseurl());
        let request = self.api().client().post(address).header(COOKIE, cookie);
        call.send::<TextEnvelope>(self.api(), request).await?;
        if self.is_signed_in().await? {
            let reason = "the portal reported success, but the session is still valid";
            return Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("end it on the portal's profile page"));
        }
        Ok(())
    }
}
