using System.Net;
using System.Text;
using Kiwire.Server.Network;

namespace Kiwire.Server.Portal;

/// <summary>A guest who has just been sent to the portal, by a NAS or by a link.</summary>
/// <param name="Visit">What is known.</param>
/// <param name="Outcome">What the NAS says of a login.</param>
/// <param name="RefusedHost">The login address's host, where credentials may not be handed to it; empty: they may, or there is none.</param>
/// <param name="Fault">Why not, for whoever runs the network.</param>
internal sealed record Arrival(Visit Visit, ArrivalOutcome Outcome, string RefusedHost = "", string Fault = "");

/// <summary>What a NAS says of a login when it sends a guest.</summary>
internal enum ArrivalOutcome
{
    /// <summary>Nothing: there was none yet.</summary>
    None,

    /// <summary>The guest is online.</summary>
    Success,

    Failure,
}

/// <summary>Reads what a NAS gave the guest's browser, by the descriptions of the NAS types.</summary>
internal sealed class Arrivals(NasTypeCatalog types, NasDirectory directory, LoginAddresses addresses, TimeProvider time)
{
    /// <summary>The identity of the NAS, whatever its type, where an operator writes it into the portal's address.</summary>
    public const string NasParameter = "nas";

    // They have to go into an address, sealed.
    private const int MostOctets = 3000;
    private const int LongestWanted = 600;

    // The portal's own page, which it gave the NAS for afterwards, has a visit in it.
    private const int LongestReturn = 4000;

    /// <param name="tenantId">Whose portal.</param>
    /// <param name="valueOf">A parameter's value; null: it is not there.</param>
    public Arrival Read(long tenantId, Func<string, string?> valueOf)
    {
        Visit visit = new() { TenantId = tenantId, CameAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        NasEntry? named = directory.TryGetByIdentity(tenantId, valueOf(NasParameter) ?? "", out NasEntry? entry) ? entry : null;
        if (Recognise(tenantId, named, valueOf) is not { Portal: { } form } type)
        {
            return new Arrival(Describe(visit, named, valueOf), ArrivalOutcome.None);
        }

        ArrivalOutcome outcome = form.Success?.IsIn(valueOf) == true ? ArrivalOutcome.Success
            : form.Failure?.IsIn(valueOf) == true ? ArrivalOutcome.Failure
            : ArrivalOutcome.None;
        string wanted = First(form.Wanted, valueOf);
        named ??= directory.TryGetByIdentity(tenantId, First(form.Nas, valueOf), out entry) ? entry : null;
        visit = visit with
        {
            Type = type.Name,
            Device = MacAddress.TryParse(First(form.Device, valueOf), out MacAddress device) ? device.ToString() : "",
            Address = IPAddress.TryParse(First(form.Address, valueOf), out IPAddress? address) ? address.ToString() : "",
            Wanted = wanted.Length <= (outcome == ArrivalOutcome.Success ? LongestReturn : LongestWanted) && WebAddress.TryRead(wanted, out Uri? page) ? page.AbsoluteUri : "",
        };
        return form.Login is null || outcome == ArrivalOutcome.Success
            ? new Arrival(visit with { NasId = (named ?? addresses.FindNas(tenantId, type, address: null))?.NasId ?? 0 }, outcome)
            : ReadLogin(visit, type, form.Login, named, outcome, valueOf);
    }

    private Arrival ReadLogin(Visit visit, NasType type, PortalLogin login, NasEntry? named, ArrivalOutcome outcome, Func<string, string?> valueOf)
    {
        string host = "";
        string? fault = null;
        if (FindAddress(login, valueOf) is not { } text)
        {
            fault = $"equipment of type {type.Name} gives {string.Join(" or ", login.Addresses.Select(one => one.To))}, and it did not.";
        }
        else if (!WebAddress.TryRead(text, out Uri? address))
        {
            fault = "the login address is not one that a browser can be sent to.";
        }
        else
        {
            host = address.IdnHost;
            visit = visit with
            {
                NasId = (named ?? addresses.FindNas(visit.TenantId, type, address))?.NasId ?? 0,
                LoginAddress = address.AbsoluteUri,
                Given = Needed(login, valueOf),
            };
            fault = visit.LoginAddress.Length + visit.Given.Sum(pair => pair.Key.Length + Encoding.UTF8.GetByteCount(pair.Value)) > MostOctets
                ? $"the NAS gave more than {MostOctets} octets."
                : addresses.FindFault(visit.TenantId, type, address);
        }

        return fault is null ? new Arrival(visit, outcome) : new Arrival(visit with { LoginAddress = "", Given = new Dictionary<string, string>() }, outcome, host, fault);
    }

    /// <summary>The type of the NAS that is named, where its form fits; else one that the tenant has, else that of which most parameters are there.</summary>
    private NasType? Recognise(long tenantId, NasEntry? named, Func<string, string?> valueOf)
    {
        if (named is not null && Fits(named.Type))
        {
            return named.Type;
        }

        NasType[] fitting = [.. types.Types.Where(Fits)];
        return fitting.Length <= 1
            ? fitting.FirstOrDefault()
            : fitting.OrderByDescending(type => addresses.HasEntryOf(tenantId, type)).ThenByDescending(type => type.Portal!.Recognise.Count).First();

        bool Fits(NasType type) => type.Portal is { } form && form.Recognise.All(name => !string.IsNullOrEmpty(valueOf(name)));
    }

    private static string? FindAddress(PortalLogin login, Func<string, string?> valueOf)
    {
        foreach (PortalAddress address in login.Addresses)
        {
            if (address.When.All(name => valueOf(name) is not null) && address.To.TryFillAddress(valueOf, out string? text))
            {
                return text;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Needed(PortalLogin login, Func<string, string?> valueOf)
    {
        Dictionary<string, string> needed = [];
        foreach (string name in login.Fields.SelectMany(field => field.Value.Parameters).Append(login.ChapIdentifier).Append(login.ChapChallenge))
        {
            if (name.Length > 0 && valueOf(name) is { } value)
            {
                needed[name] = value;
            }
        }

        return needed;
    }

    /// <summary>Where no type is known: what portals of others are told too.</summary>
    private static Visit Describe(Visit visit, NasEntry? named, Func<string, string?> valueOf) => visit with
    {
        NasId = named?.NasId ?? 0,
        Type = named?.Type.Name ?? "",
        Device = MacAddress.TryParse(valueOf("mac") ?? "", out MacAddress device) ? device.ToString() : "",
        Address = IPAddress.TryParse(valueOf("ip") ?? "", out IPAddress? address) ? address.ToString() : "",
    };

    private static string First(IReadOnlyList<string> names, Func<string, string?> valueOf) =>
        names.Select(valueOf).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
}
