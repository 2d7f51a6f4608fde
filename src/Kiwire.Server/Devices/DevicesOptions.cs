using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices;

/// <summary>How devices are polled. Section <c>Kiwire:Devices</c>.</summary>
internal sealed class DevicesOptions
{
    public const string Section = "Kiwire:Devices";

    /// <summary>Whether this server polls devices; false: others on the database do.</summary>
    public bool Poll { get; set; } = true;

    /// <summary>The most devices that are asked at a time; those that missed their last poll take at most half of it.</summary>
    [Range(2, 65536)]
    public int ParallelPolls { get; set; } = 2048;

    /// <summary>How long an agent may take to answer before it is asked again, in milliseconds.</summary>
    [Range(10, 60_000)]
    public int TimeoutMilliseconds { get; set; } = 2000;

    /// <summary>How often an agent that does not answer is asked again.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>For how many days events are kept.</summary>
    [Range(1, 3650)]
    public int EventDays { get; set; } = 365;

    /// <summary>Whether webhooks may lead to private and loopback addresses, and be http://.</summary>
    public bool AllowPrivateWebhooks { get; set; }
}

/// <summary>Checks the annotations.</summary>
[OptionsValidator]
internal sealed partial class DevicesOptionsAnnotations : IValidateOptions<DevicesOptions>;
