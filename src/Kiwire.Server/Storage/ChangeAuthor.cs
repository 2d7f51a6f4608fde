namespace Kiwire.Server.Storage;

/// <summary>
/// Who makes the changes of the present flow of execution: an HTTP request's caller. Units of work that are enqueued in that flow carry it,
/// so that the audit log's row and the idempotency key are in the same transaction as the change itself. The server's own changes have none.
/// </summary>
internal sealed class ChangeAuthor
{
    private static readonly AsyncLocal<ChangeAuthor?> Flow = new();

    /// <summary>The tenant that the caller belongs to.</summary>
    public required long TenantId { get; init; }

    /// <summary>The administrator's name, or <c>key:</c> and the name of a long-lived key.</summary>
    public required string Name { get; init; }

    /// <summary>Through which API: <c>apiv2</c> or <c>v1</c>.</summary>
    public required string Via { get; init; }

    /// <summary>Where the request came from.</summary>
    public required string Address { get; init; }

    /// <summary>Not null: the changes are to be made once under this key.</summary>
    public IdempotencyClaim? Claim { get; set; }

    /// <summary>The present flow's; null: the server itself.</summary>
    public static ChangeAuthor? Current => Flow.Value;

    /// <summary>Makes it the present flow's until that ends.</summary>
    public static void Enter(ChangeAuthor author) => Flow.Value = author;
}

/// <summary>An Idempotency-Key that a request came with.</summary>
/// <param name="Key">As sent.</param>
/// <param name="RequestHash">SHA-256 of method, path and body, lower-case hex.</param>
internal sealed record IdempotencyClaim(string Key, string RequestHash)
{
    /// <summary>For how long a key is known.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Whether a committed unit of this request holds the key.</summary>
    public bool IsTaken { get; set; }
}

/// <summary>Another request holds the Idempotency-Key; nothing was changed.</summary>
internal sealed class IdempotencyConflictException() : Exception("Another request with this Idempotency-Key was carried out.");
