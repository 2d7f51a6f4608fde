using Kiwire.Radius.Secrets;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// One NAS as the packet path sees it. Its settings are immutable (a change makes another entry); what it was seen to send lives on in
/// <see cref="Observations"/>, which successive entries of one NAS share.
/// </summary>
internal sealed class NasEntry
{
    public required long TenantId { get; init; }

    public required long NasId { get; init; }

    /// <summary>The NAS identity: what its NAS-Identifier says, where it sends one.</summary>
    public required string Identity { get; init; }

    /// <summary>The identity as it is compared.</summary>
    public string IdentityKey => field ??= FoldedName.Fold(Identity);

    public required string Location { get; init; }

    /// <summary>The location as it is compared.</summary>
    public string LocationKey => field ??= FoldedName.Fold(Location);

    /// <summary>Address or prefix.</summary>
    public required System.Net.IPNetwork Address { get; init; }

    /// <summary>Whether it is one piece of equipment's address, and no prefix.</summary>
    public bool IsOneAddress => NasIndex.PrefixBits(Address) == 128;

    public required NasType Type { get; init; }

    public required SharedSecret Secret { get; init; }

    public required int CoaPort { get; init; }

    public required MessageAuthenticatorPolicy RequireMessageAuthenticator { get; init; }

    public required NasObservations Observations { get; init; }
}
