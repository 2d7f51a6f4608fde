using System.ComponentModel;

namespace Kiwire.Server.Network;

/// <summary>How a NAS type works with a captive portal, in the words of its file.</summary>
internal sealed record PortalBody
{
    [Description("Such equipment is known by these query parameters.")]
    public required IReadOnlyList<string> Recognise { get; init; }

    [Description("The parameters that may have the device's MAC address.")]
    public required IReadOnlyList<string> Device { get; init; }

    [Description("The parameters that may have the device's IP address.")]
    public required IReadOnlyList<string> Address { get; init; }

    [Description("The parameters that may have the identity of the NAS.")]
    public required IReadOnlyList<string> Nas { get; init; }

    [Description("The parameters that may have the page that the guest wanted.")]
    public required IReadOnlyList<string> Wanted { get; init; }

    [Description("Where credentials are sent, in the order in which it is tried; empty: nowhere, devices are let in by login/online.")]
    public required IReadOnlyList<string> LoginAddresses { get; init; }

    [Description("What is sent there, by name.")]
    public required IReadOnlyDictionary<string, string> LoginFields { get; init; }

    [Description("The maker's own hosts, which login addresses may have.")]
    public required IReadOnlyList<string> LoginHosts { get; init; }

    public static PortalBody Of(PortalForm form) => new()
    {
        Recognise = form.Recognise,
        Device = form.Device,
        Address = form.Address,
        Nas = form.Nas,
        Wanted = form.Wanted,
        LoginAddresses = [.. form.Login?.Addresses.Select(address => address.To.Text) ?? []],
        LoginFields = form.Login?.Fields.ToDictionary(field => field.Name, field => field.Value.Text) ?? [],
        LoginHosts = form.Login?.Hosts ?? [],
    };
}
