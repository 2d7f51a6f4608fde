using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api;

/// <summary>Whatever a request of /api/v1 changes is its caller's doing: the audit log says so.</summary>
internal sealed class CallerEntry(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<Caller>() is { } caller)
        {
            ChangeAuthor.Enter(new ChangeAuthor
            {
                TenantId = caller.TenantId,
                Name = caller.Name,
                Via = "v1",
                Address = http.Connection.RemoteIpAddress?.ToString() ?? "",
            });
        }

        return next(http);
    }
}
