using System.ComponentModel.DataAnnotations;

namespace Kiwire.Server.Storage;

/// <summary>Where this server keeps its files. Section <c>Kiwire</c>.</summary>
internal sealed class DataDirectoryOptions
{
    public const string Section = "Kiwire";

    /// <summary>The directory of the database file, the journal and the key ring; made when it is not there.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";
}
