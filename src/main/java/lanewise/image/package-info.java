/** Pictures from files, and what MNIST makes of them. Knows nothing of networks. */
package lanewise.image;
