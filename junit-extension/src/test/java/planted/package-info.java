/** The example's revision that is written in Java, for copies of its history. */
package planted;
