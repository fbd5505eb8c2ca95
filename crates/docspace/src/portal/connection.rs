//! How a portal is connected to: the settings of the HTTP client, and middleware.

use std::sync::Arc;

use docspace_api::{Secret, Transport};

use crate::portal::PortalBuilder;

impl PortalBuilder {
    /// Puts the name of the program, such as `myapp/1.0`, in front of this crate's name in the
    /// `User-Agent` header of each request.
    ///
    /// ```
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let (address, key) = (mock.url(), mock.owner_key());
    /// let portal = docspace::Portal::builder(address).api_key(key).user_agent("myapp/1.0").build()?;
    /// portal.version().await?;
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// Some browsers ignore it.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.http.user_agent = Some(name.into());
        self
    }

    /// Also trusts the certificates in this PEM file, such as that of a company's own certificate
    /// authority. Call it again to add others.
    ///
    /// [`build`](Self::build) fails if the content is not a certificate.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let authority = std::fs::read("/etc/ssl/acme-ca.pem")?;
    /// let builder = docspace::Portal::builder("https://docspace.acme.internal");
    /// let portal = builder.root_certificate(authority).api_key("sk-0123").build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(all(not(target_arch = "wasm32"), any(feature = "rustls", feature = "native-tls")))]
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.http.root_certificates.push(pem.into());
        self
    }

    /// Sends every request through this proxy, such as `http://proxy.acme.com:3128`. The address
    /// can contain a user and a password.
    ///
    /// Without this, the environment variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
    /// `NO_PROXY` choose the proxy. With it, they have no effect.
    ///
    /// [`build`](Self::build) fails if this is not an `http://` or `https://` address. It also fails
    /// if the credentials would reach the proxy in plain HTTP, even for a portal on this computer,
    /// unless that is [allowed](Self::allow_http).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.http.proxy = Some(url.into());
        self
    }

    /// Sends requests with this HTTP client instead of one that the portal sets up.
    ///
    /// The user agent, the root certificates, the proxy and the idle timeout of this builder then
    /// have no effect. The portal still adds the credentials, limits the calls, repeats them, and
    /// applies the timeout of each attempt.
    ///
    /// **Build the client with `redirect::Policy::none()`.** A client that follows redirects takes
    /// the page at the other end for the portal's answer. It turns a `POST` into a `GET`, so a call
    /// may seem to succeed although nothing was done. On another host it sends no credentials, but
    /// the content of the request may still arrive there.
    ///
    /// ```
    /// use docspace::Portal;
    /// use docspace::deps::reqwest;
    ///
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let (address, key) = (mock.url(), mock.owner_key());
    /// let redirects = reqwest::redirect::Policy::none();
    /// let client = reqwest::Client::builder().redirect(redirects).build().expect("an HTTP client");
    /// let portal = Portal::builder(address).api_key(key).http_client(client).build()?;
    /// println!("{} rooms", portal.rooms().list().total().await?);
    /// # Ok(())
    /// # });
    /// ```
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http.client = Some(client);
        self
    }

    /// Sends requests through this transport, which is middleware between the portal and the
    /// network: it can record them, change them, or answer them itself.
    ///
    /// The portal adds the credentials, limits the calls and repeats them, and gives each attempt
    /// to the transport. So the transport sees the `Authorization` header, and must not print it.
    /// It replaces the HTTP client with all its settings; [`Direct`](crate::api::Direct) sends a
    /// request with a client that the program builds. That client must not follow redirects, as
    /// [`http_client`](Self::http_client) explains.
    ///
    /// - A call counts as not sent if the transport returns a connection error. Return answers with
    ///   an error status unchanged.
    /// - The timeout of an attempt is that of the request, which reqwest applies. A transport that
    ///   does not send the request with reqwest has to apply `request.timeout()` itself.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use docspace::Portal;
    /// use docspace::api::{Direct, OperationInfo, Transport};
    /// use docspace::deps::futures::future::BoxFuture;
    /// use docspace::deps::reqwest::{Client, Request, Response, Result, redirect::Policy};
    ///
    /// #[derive(Debug)]
    /// struct Logged(Direct);
    ///
    /// impl Transport for Logged {
    ///     fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, Result<Response>> {
    ///         println!("{}", operation.operation_id);
    ///         self.0.execute(request, operation)
    ///     }
    /// }
    ///
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let (address, key) = (mock.url(), mock.owner_key());
    /// let client = Client::builder().redirect(Policy::none()).build().expect("an HTTP client");
    /// let logged = Arc::new(Logged(Direct::new(client)));
    /// let portal = Portal::builder(address).api_key(key).transport(logged).build()?;
    /// println!("{} rooms", portal.rooms().list().total().await?);
    /// # Ok(())
    /// # });
    /// ```
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.http.transport = Some(transport);
        self
    }
}
