namespace Kiwire.Server.Web;

/// <summary>
/// Which requests are of the /apiv2 contract, and so are answered in its form by whoever answers. Doubled slashes count for one, as its clients'
/// servers always had it.
/// </summary>
internal static class ContractPath
{
    extension(HttpContext http)
    {
        /// <summary>A call: <c>/apiv2/…</c>.</summary>
        public bool IsContractCall => http.PathNames is ["apiv2", ..];

        /// <summary>A log-in: <c>/admin/agent/api_login.php</c>.</summary>
        public bool IsContractLogin => http.PathNames is ["admin", "agent", "api_login.php", ..];
    }
}
