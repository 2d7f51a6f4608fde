using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Portal;

/// <summary>What every page of one request has in common.</summary>
internal sealed record PortalScene
{
    /// <summary>Null: there is no such portal.</summary>
    public required Tenant? Tenant { get; init; }

    /// <summary>The portal's path: <c>/portal/{cloud_id}</c>.</summary>
    public required string Path { get; init; }

    public required PortalLanguage Language { get; init; }

    public required IReadOnlyList<PortalLanguage> Languages { get; init; }

    /// <summary>The guest has chosen the language here, and so it stays.</summary>
    public bool HasChosen { get; init; }

    public bool HasLogo { get; init; }

    public required SmsPolicy Policy { get; init; }

    /// <summary>The guest's visit, sealed; empty: none is known.</summary>
    public string Seal { get; init; } = "";

    /// <summary>The guest's NAS takes credentials from a browser, and so passwords of old too.</summary>
    public bool TakesPasswords { get; init; }

    public string this[PortalText text] => Language[text];
}

/// <summary>What is wrong with what a guest gave.</summary>
/// <param name="Said">In the guest's language.</param>
/// <param name="Field">Which field; empty: none of the page's.</param>
internal sealed record PortalFault(string Said, string Field = "");
