using System.Globalization;
using System.Net.Http.Headers;

namespace Kiwire.Server.Web;

/// <summary>ETag and If-Match (RFC 9110, 8.8.3 and 13.1.1) over a row's version.</summary>
internal static class EntityTags
{
    /// <summary>No If-Match was sent, or it is <c>*</c>: any version will do.</summary>
    public const long Any = 0;

    /// <summary>One was sent that no version of ours can match.</summary>
    public const long Unmatchable = -1;

    extension(HttpContext http)
    {
        /// <summary>Says which version the answer shows.</summary>
        public void SetETag(long version) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

        /// <summary>The version that If-Match names: <see cref="Any"/>, <see cref="Unmatchable"/>, or the version. Weak tags never match.</summary>
        public long IfMatch
        {
            get
            {
                string text = http.Request.Headers.IfMatch.ToString().Trim();
                if (text is "" or "*")
                {
                    return Any;
                }

                return EntityTagHeaderValue.TryParse(text, out EntityTagHeaderValue? tag)
                    && !tag.IsWeak
                    && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
                    && version > 0
                        ? version
                        : Unmatchable;
            }
        }
    }

    /// <summary>Whether a change may go on: the caller named no version, or this one.</summary>
    public static bool Matches(long ifMatch, long version) => ifMatch == Any || ifMatch == version;
}
