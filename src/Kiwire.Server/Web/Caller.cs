using Microsoft.AspNetCore.Http.Features;

namespace Kiwire.Server.Web;

/// <summary>Who calls /api/v1: an administrator who logged in, or a program with a long-lived key.</summary>
internal sealed record Caller
{
    /// <summary>The tenant that everything of this request is about.</summary>
    public required long TenantId { get; init; }

    /// <summary>The administrator's name, or <c>key:</c> and the key's name: as the audit log has it.</summary>
    public required string Name { get; init; }

    /// <summary>Null: a key.</summary>
    public long? AdministratorId { get; init; }

    public required IReadOnlyCollection<string> Scopes { get; init; }

    /// <summary>The password is a temporary one: until it is changed nothing else is allowed.</summary>
    public bool MustChangePassword { get; init; }
}

/// <summary>Reading the caller of a request.</summary>
internal static class CallerExtensions
{
    extension(HttpContext http)
    {
        /// <summary>The caller; an endpoint that requires a scope always has one.</summary>
        public Caller Caller => http.Features.GetRequiredFeature<Caller>();
    }
}
